"""`mashang import`: a folder or a workbook, all of it or nothing."""

from pathlib import Path

import click

from clients.clock import Clock
from commands import texts
from commands.opening import opened_with, run, say, vault_of
from organisation.importing import import_path
from settings import SEALING


@click.command("import", help=texts.HELP_IMPORT)
@click.argument("path", type=click.Path(path_type=Path))
def import_command(path: Path) -> None:
    async def work() -> None:
        async with opened_with(SEALING) as settings:
            clock = Clock(settings.clock_file)
            summary = await import_path(path, vault=vault_of(settings), clock=clock, by="system")
        say("\n".join(summary.lines()))

    run(work())
