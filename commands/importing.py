"""`mashang import`: a folder or a workbook, all of it or nothing."""

import contextlib
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import aiohttp
import click

from clients.clock import Clock
from clients.content_check import ContentCheck
from clients.wechat import WeChatAccount
from commands import texts
from commands.opening import opened_with, run, say, shown_progress, vault_of
from disclosures.examining import unfit_rows
from organisation.importing import import_path
from settings import SEALING, Settings


@click.command("import", help=texts.HELP_IMPORT)
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--reviewed", is_flag=True, help=texts.HELP_REVIEWED)
def import_command(path: Path, reviewed: bool) -> None:
    async def work() -> None:
        async with opened_with(SEALING) as settings, opened_check(settings) as check:
            clock = Clock(settings.clock_file)
            with shown_progress(texts.CHECKING) as progress:
                examine = None
                if check is not None:
                    examine = partial(unfit_rows, check=check, is_reviewed=reviewed, progress=progress)
                summary = await import_path(
                    path, vault=vault_of(settings), clock=clock, by="system", examine=examine
                )
        say("\n".join(summary.lines()))

    run(work())


@contextlib.asynccontextmanager
async def opened_check(settings: Settings) -> AsyncIterator[ContentCheck | None]:
    """None where nothing that is published is checked.

    Asks for a token of its own: stable_token gives the one that a running `web` has.
    """
    if not (settings.mini_appid and settings.check_openid):
        yield None
        return
    async with aiohttp.ClientSession() as http:
        mini = WeChatAccount(
            appid=settings.mini_appid,
            secret=settings.mini_secret,
            http=http,
            base_url=settings.wechat_api_url,
        )
        yield ContentCheck(mini, openid=settings.check_openid)
