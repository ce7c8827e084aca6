"""`mashang staff add`: one account, under all the checks of an import of one row."""

import secrets

from clients.clock import Clock
from organisation.importing import ImportSummary
from organisation.importing.applying import import_batch
from organisation.importing.rows import batch_of_rows
from organisation.importing.tables import STAFF
from vault.vault import Vault


async def add_staff(row: dict[str, str], *, vault: Vault, clock: Clock) -> tuple[ImportSummary, str]:
    """`row` as in staff.csv; answers the summary and the bind code made (empty without a telephone).

    Raises `ImportRefused`.
    """
    bind_code = f"{secrets.randbelow(10**6):06}" if row.get("phone") else ""
    batch = batch_of_rows(STAFF, [{**row, "bind_code": bind_code}])
    summary = await import_batch(batch, vault=vault, clock=clock, by="system")
    return summary, bind_code if summary.has_changed else ""
