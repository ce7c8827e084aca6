"""`mashang posters` and `mashang codes reprint`: sheets for the print shop."""

from pathlib import Path
from typing import Any

import click

from clients.clock import Clock
from commands import texts
from commands.account import ACCOUNT, account_codes_made
from commands.coding import BY, PURPOSES, codes
from commands.errors import CommandRefused
from commands.opening import opened_with, run, say, shown_progress
from organisation.codes.errors import PlaceUnknown
from organisation.codes.style import set_style
from organisation.live import current_version, read_table
from qrcodes.account_codes import lacking_for
from qrcodes.posters import Wanted, print_posters
from qrcodes.printing.layouts import LAYOUTS
from qrcodes.reprinting import entries_of, reprint

VIA = click.Choice(["link", "account"])
SIZES = click.Choice(list(LAYOUTS))


@click.command(help=texts.HELP_POSTERS)
@click.option("--region", required=True, help=texts.HELP_REGION)
@click.option("--area", help=texts.HELP_AREA)
@click.option("--purpose", type=PURPOSES, default="report", show_default=True, help=texts.HELP_PURPOSE)
@click.option("--groups", is_flag=True, help=texts.HELP_GROUPS)
@click.option("--size", type=SIZES, default="A5", show_default=True, help=texts.HELP_SIZE)
@click.option("--via", type=VIA, default="link", show_default=True, help=texts.HELP_VIA)
@click.option("--format", "form", type=click.Choice(["pdf", "png"]), default="pdf", help=texts.HELP_FORMAT)
@click.option("--out", required=True, type=click.Path(path_type=Path), help=texts.HELP_OUT)
def posters(*, region: str, out: Path, form: str, **asked: Any) -> None:
    is_file = out.suffix.lower() == ".pdf"
    if (form == "png" and is_file) or (is_file and out.is_dir()):
        raise CommandRefused(texts.FOLDER_WANTED)

    async def work() -> None:
        async with opened_with(_needs(asked["via"])) as settings:
            wanted = Wanted(public_url=settings.public_url, pictures=form == "png", **asked)
            at = Clock(settings.clock_file).now()
            with shown_progress(texts.DRAWING) as progress:
                if wanted.via == "account":
                    table = await read_table(await current_version())
                    lacking = await lacking_for(wanted, region=region, table=table)
                    say(await account_codes_made(lacking, settings=settings, progress=progress))
                count = await print_posters(wanted, region=region, out=out, progress=progress, at=at, by=BY)
        say(texts.POSTERS_MADE.format(count=count, path=out))

    run(work())


def _needs(via: str) -> set[str]:
    return {"PUBLIC_URL"} | (ACCOUNT if via == "account" else set())


@codes.command("reprint", help=texts.HELP_REPRINT)
@click.argument("wanted", metavar="CODE...", nargs=-1, required=True)
@click.option("--size", type=SIZES, default="A5", show_default=True, help=texts.HELP_SIZE)
@click.option("--via", type=VIA, default="link", show_default=True, help=texts.HELP_VIA)
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help=texts.HELP_OUT_FILE
)
def reprint_codes(wanted: tuple[str, ...], size: str, via: str, out: Path) -> None:
    async def work() -> None:
        async with opened_with(_needs(via)) as settings:
            entries = await entries_of(wanted)
            if via == "account":
                lacking = [entry.code for entry in entries if entry.account_url is None]
                with shown_progress(texts.DRAWING) as progress:
                    say(await account_codes_made(lacking, settings=settings, progress=progress))
                entries = await entries_of(wanted)
            how = Wanted(public_url=settings.public_url, size=size, via=via)
            count = await reprint(entries, how=how, out=out, at=Clock(settings.clock_file).now(), by=BY)
        say(texts.POSTERS_MADE.format(count=count, path=out))

    run(work())


@codes.command("style", help=texts.HELP_STYLE)
@click.option("--county", required=True, help=texts.HELP_COUNTY)
@click.option("--header", default="", help=texts.HELP_HEADER)
@click.option("--colour", default="#b22222", show_default=True, help=texts.HELP_COLOUR)
def style_posters(county: str, header: str, colour: str) -> None:
    async def work() -> None:
        async with opened_with() as settings:
            table = await read_table(await current_version())
            if table.county_of(county) != county:
                raise PlaceUnknown
            at = Clock(settings.clock_file).now()
            await set_style(county, header=header, colour=colour, at=at, by=BY)
        say(texts.STYLED)

    run(work())
