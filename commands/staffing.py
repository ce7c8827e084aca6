"""`mashang staff add`: one account, under all the checks of an import of one row."""

import secrets

import click

from clients.clock import Clock
from commands import texts
from commands.opening import opened_with, run, say, vault_of
from models.choices import Role
from organisation.importing import ImportSummary
from organisation.importing.applying import import_batch
from organisation.importing.rows import batch_of_rows
from organisation.importing.tables import STAFF
from settings import SEALING
from vault.vault import Vault

ROLES = click.Choice([role.value for role in Role])


@click.group(help=texts.HELP_STAFF)
def staff() -> None: ...


@staff.command("add", help=texts.HELP_STAFF_ADD)
@click.option("--username", required=True)
@click.option("--name", required=True)
@click.option("--body", "body_code", required=True)
@click.option("--role", type=ROLES, required=True)
@click.option("--phone", default="")
def staff_add(**row: str) -> None:
    async def work() -> None:
        async with opened_with(SEALING) as settings:
            clock = Clock(settings.clock_file)
            summary, bind_code = await add_staff(row, vault=vault_of(settings), clock=clock)
        say("\n".join(summary.lines()))
        if bind_code:
            say(texts.BIND_CODE.format(code=bind_code))

    run(work())


async def add_staff(row: dict[str, str], *, vault: Vault, clock: Clock) -> tuple[ImportSummary, str]:
    """`row` as in staff.csv; answers the summary and the bind code made (empty without a telephone).

    Raises `ImportRefused`.
    """
    bind_code = f"{secrets.randbelow(10**6):06}" if row.get("phone") else ""
    batch = batch_of_rows(STAFF, [{**row, "bind_code": bind_code}])
    summary = await import_batch(batch, vault=vault, clock=clock, by="system")
    return summary, bind_code if summary.has_changed else ""
