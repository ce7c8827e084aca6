"""The whole way of an import: read, check, apply all of it in one transaction or nothing."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tortoise.transactions import in_transaction

from clients.clock import Clock
from organisation.importing import tables
from organisation.importing.accounts import Passwords, prepare_passwords, write_liaisons, write_staff
from organisation.importing.codes import make_default_entries, write_entries
from organisation.importing.journal import Journal
from organisation.importing.loading import load_stored
from organisation.importing.problems import ImportProblem, ImportRefused
from organisation.importing.reading import Reading, read
from organisation.importing.records import Batch
from organisation.importing.recusals import write_recusals
from organisation.importing.summary import Count, ImportSummary
from organisation.importing.tables import Table
from organisation.importing.validating import batch_of, check
from organisation.importing.writing import write_plain
from organisation.live import raise_version
from vault.log import record
from vault.vault import Vault

Examine = Callable[[Batch], Awaitable[Sequence[ImportProblem]]]
"""Looks at rows in which nothing else is wrong, before anything is applied; what it raises ends the import."""


class _NothingChanged(Exception):
    """Rolls the transaction back, the raised version with it."""


async def import_path(
    path: Path, *, vault: Vault, clock: Clock, by: str, examine: Examine | None = None
) -> ImportSummary:
    """Applies a folder of CSV files or one XLSX; `by` is the actor of the log (`system`, `staff:<id>`).

    Raises `ImportRefused` with every bad row of every file; then nothing was applied.
    """
    reading, batch = await asyncio.to_thread(_read, path)
    return await import_batch(batch, found=reading.problems, vault=vault, clock=clock, by=by, examine=examine)


async def import_batch(
    batch: Batch,
    *,
    vault: Vault,
    clock: Clock,
    by: str,
    found: Sequence[ImportProblem] = (),
    undoes: int | None = None,
    examine: Examine | None = None,
) -> ImportSummary:
    """As `import_path`, for rows that are read already; `undoes` is the change that they take back."""
    check(batch, stored=await load_stored(), found=list(found))
    if examine is not None and (problems := await examine(batch)):
        raise ImportRefused(problems)
    passwords = await prepare_passwords(batch)
    summary, journal = ImportSummary(), Journal(undoes=undoes)
    try:
        async with in_transaction():
            at = clock.now()
            version = await raise_version(at=at)
            # somebody may have changed the organisation while the passwords were hashed
            check(batch, stored=await load_stored(), found=[])
            work = Work(batch, passwords, vault, at, version, summary, journal)
            await _apply(work)
            if not summary.has_changed:
                raise _NothingChanged
            await journal.keep(version=version, by=by, at=at)
            await record("organisation.import", by=by, at=at, object_id=str(version), data=_counts(summary))
    except _NothingChanged:
        pass
    return summary


@dataclass(frozen=True, slots=True)
class Work:
    """One import while it is applied."""

    batch: Batch
    passwords: Passwords
    vault: Vault
    at: datetime
    version: int
    summary: ImportSummary
    journal: Journal


def _read(path: Path) -> tuple[Reading, Batch]:
    reading = read(path)
    return reading, batch_of(reading)


async def _apply(work: Work) -> None:
    """Table by table, what is referred to first."""
    batch, counts = work.batch, work.summary.counts
    for table in tables.TABLES:
        if table in batch:
            counts[table.file] = await _write(table, work)
    if tables.ENTRIES not in batch and (tables.REGIONS in batch or tables.AREAS in batch):
        counts[tables.ENTRIES.file] = await make_default_entries(at=work.at)


async def _write(table: Table, work: Work) -> Count:
    batch, journal = work.batch, work.journal
    if table is tables.STAFF:
        return await write_staff(
            batch,
            passwords=work.passwords,
            vault=work.vault,
            at=work.at,
            version=work.version,
            summary=work.summary,
            journal=journal,
        )
    if table is tables.LIAISONS:
        return await write_liaisons(batch, vault=work.vault, journal=journal)
    if table is tables.RECUSALS:
        return await write_recusals(batch, version=work.version, journal=journal)
    if table is tables.ENTRIES:
        return await write_entries(batch, at=work.at)
    return await write_plain(table, batch=batch, journal=journal)


def _counts(summary: ImportSummary) -> dict[str, list[int]]:
    return {file: [count.created, count.changed, count.deactivated] for file, count in summary.counts.items()}
