"""The whole way of an import: read, check, apply all of it in one transaction or nothing."""

import asyncio
from datetime import datetime
from pathlib import Path

from tortoise.transactions import in_transaction

from clients.clock import Clock
from organisation.importing import tables
from organisation.importing.accounts import Passwords, prepare_passwords, write_liaisons, write_staff
from organisation.importing.codes import make_default_entries, write_entries
from organisation.importing.loading import load_stored
from organisation.importing.reading import Reading, read
from organisation.importing.records import Batch
from organisation.importing.recusals import write_recusals
from organisation.importing.summary import ImportSummary
from organisation.importing.validating import batch_of, check
from organisation.importing.writing import write_plain
from organisation.live import raise_version
from vault.log import record
from vault.vault import Vault


class _NothingChanged(Exception):
    """Rolls the transaction back, the raised version with it."""


async def import_path(path: Path, *, vault: Vault, clock: Clock, by: str) -> ImportSummary:
    """Applies a folder of CSV files or one XLSX; `by` is the actor of the log (`system`, `staff:<id>`).

    Raises `ImportRefused` with every bad row of every file; then nothing was applied.
    """
    reading, batch = await asyncio.to_thread(_read, path)
    check(batch, stored=await load_stored(), found=reading.problems)
    passwords = await prepare_passwords(batch)
    summary = ImportSummary()
    try:
        async with in_transaction():
            at = clock.now()
            version = await raise_version(at=at)
            # somebody may have changed the organisation while the passwords were hashed
            check(batch, stored=await load_stored(), found=[])
            await _apply(batch, passwords=passwords, vault=vault, at=at, version=version, summary=summary)
            if not summary.has_changed:
                raise _NothingChanged
            await record("organisation.import", by=by, at=at, object_id=str(version), data=_counts(summary))
    except _NothingChanged:
        pass
    return summary


def _read(path: Path) -> tuple[Reading, Batch]:
    reading = read(path)
    return reading, batch_of(reading)


async def _apply(
    batch: Batch, *, passwords: Passwords, vault: Vault, at: datetime, version: int, summary: ImportSummary
) -> None:
    """Table by table, what is referred to first."""
    for table in tables.TABLES:
        if table not in batch:
            continue
        if table is tables.STAFF:
            count = await write_staff(
                batch, passwords=passwords, vault=vault, at=at, version=version, summary=summary
            )
        elif table is tables.LIAISONS:
            count = await write_liaisons(batch, vault=vault)
        elif table is tables.RECUSALS:
            count = await write_recusals(batch, version=version)
        elif table is tables.ENTRIES:
            count = await write_entries(batch, at=at)
        else:
            count = await write_plain(table, batch=batch)
        summary.counts[table.file] = count
    if tables.ENTRIES not in batch and (tables.REGIONS in batch or tables.AREAS in batch):
        summary.counts[tables.ENTRIES.file] = await make_default_entries(at=at)


def _counts(summary: ImportSummary) -> dict[str, list[int]]:
    return {file: [count.created, count.changed, count.deactivated] for file, count in summary.counts.items()}
