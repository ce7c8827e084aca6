"""`mashang staff add`: one account, under all the checks of an import of one row."""

import csv
import secrets
from pathlib import Path
from tempfile import TemporaryDirectory

from clients.clock import Clock
from organisation.importing import ImportSummary, import_path
from vault.vault import Vault


async def add_staff(row: dict[str, str], *, vault: Vault, clock: Clock) -> tuple[ImportSummary, str]:
    """`row` as in staff.csv; answers the summary and the bind code made (empty without a telephone).

    Raises `ImportRefused`.
    """
    bind_code = f"{secrets.randbelow(10**6):06}" if row.get("phone") else ""
    with TemporaryDirectory(prefix="mashang-staff-") as folder:
        path = Path(folder) / "staff.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, fieldnames=[*row, "bind_code"])
            writer.writeheader()
            writer.writerow({**row, "bind_code": bind_code})
        summary = await import_path(Path(folder), vault=vault, clock=clock, by="system")
    return summary, bind_code if summary.has_changed else ""
