"""`mashang migrate`."""

import click

from clients.database import migrate
from commands import texts
from commands.opening import run, say
from settings import settings_around


@click.command("migrate", help=texts.HELP_MIGRATE)
def migrate_command() -> None:
    run(migrate(settings_around(needs=frozenset()).database_url))
    say(texts.MIGRATED)
