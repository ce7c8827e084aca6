"""`mashang backup` and `mashang restore`: everything there is into one sealed file, and out of it again."""

from pathlib import Path

import click

from clients.clock import Clock
from clients.database import opened
from clients.media import MediaStore
from clients.schema import known_migrations
from commands import texts
from commands.alone import alone
from commands.auditing import lines_of
from commands.errors import COULD_NOT, CommandRefused
from commands.examining import require_fitting_keys
from commands.opening import opened_with, run, say, vault_of
from settings import SEALING, settings_around
from vault.backing_up import Tally, back_up
from vault.chain import Chain
from vault.restoring import restore
from vault.verifying import verify_log


@click.command("backup", help=texts.HELP_BACKUP)
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
def backup(path: Path) -> int:
    code = 0
    if path.exists():
        raise CommandRefused(texts.BACKUP_EXISTS.format(path=path))

    async def work() -> None:
        nonlocal code
        async with opened_with(SEALING) as settings:
            vault, at = vault_of(settings), Clock(settings.clock_file).now()
            # a backup under keys that do not open what is there would be found out too late
            await require_fitting_keys(vault, at=at)
            media = MediaStore(settings.media_dir)
            tally, missing = await back_up(path, url=settings.database_url, vault=vault, media=media, at=at)
        say(texts.BACKED_UP.format(path=path, **_counts(tally)))
        say(texts.KEEP_THE_KEYS.format(ids="、".join(vault.ring.ids)))
        if missing:
            say(texts.MEDIA_MISSING.format(count=len(missing), first=missing[0]))
            code = COULD_NOT

    run(work())
    return code


@click.command("restore", help=texts.HELP_RESTORE)
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False, exists=True))
def restore_command(path: Path) -> int:
    code = 0

    async def work() -> None:
        nonlocal code
        settings = settings_around(needs=SEALING)
        vault, at = vault_of(settings), Clock(settings.clock_file).now()
        async with alone(database_url=settings.database_url, redis_url=""):
            media = MediaStore(settings.media_dir)
            tally = await restore(
                path, url=settings.database_url, vault=vault, media=media, known=known_migrations()
            )
        async with opened(settings.database_url):
            await require_fitting_keys(vault, at=at)
            verdict = await verify_log(Chain(vault))
        say(texts.RESTORED.format(**_counts(tally)))
        for line in lines_of(verdict, at=at, timezone=settings.timezone):
            say(line)
        code = COULD_NOT if verdict.found else 0

    run(work())
    return code


def _counts(tally: Tally) -> dict[str, int]:
    rows = sum(tally.values()) - tally["media"]
    return {"rows": rows, "reports": tally["report"], "media": tally["media"]}
