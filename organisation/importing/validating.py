"""All that can be wrong with an import, found before anything is applied."""

from collections.abc import Callable

from organisation.importing import tables, texts
from organisation.importing.checking_people import check_cadres, check_liaisons, check_recusals, check_staff
from organisation.importing.checking_places import (
    check_bodies,
    check_figures,
    check_regions,
    check_specialists,
    check_zone_members,
    check_zones,
    require_area,
    require_region,
)
from organisation.importing.checking_sayings import check_sayings
from organisation.importing.foreseeing import foreseen
from organisation.importing.problems import ImportProblem, ImportRefused
from organisation.importing.reading import Reading
from organisation.importing.records import Batch, Record, Sheet, typed
from organisation.importing.stored import Stored, Use


def check_disclosures(sheet: Sheet, *, after: Stored) -> None:
    for record in sheet.records:
        require_area(sheet, record, after=after)
        require_region(sheet, record, "region_code", after=after)


def check_entries(sheet: Sheet, *, after: Stored) -> None:
    """A code hangs on a wall: what it is for can never change, or reports would go astray."""
    for record in sheet.records:
        require_area(sheet, record, after=after)
        require_region(sheet, record, "region_code", after=after)
        issued = after.entries.get(record.text("code"))
        if issued is not None and issued != use_of(record) and not record.bad:
            sheet.complain(record, "code", texts.ENTRY_FIXED)


CHECKS: dict[str, Callable[..., None]] = {
    "regions": check_regions,
    "bodies": check_bodies,
    "zones": check_zones,
    "zone_members": check_zone_members,
    "specialists": check_specialists,
    "staff": check_staff,
    "liaisons": check_liaisons,
    "cadres": check_cadres,
    "figures": check_figures,
    "sayings": check_sayings,
    "recusals": check_recusals,
    "disclosures": check_disclosures,
    "entries": check_entries,
}


# what a row refers to may well stand in a file that could not be read: that is one problem, not one a row
REFERRED_TO = {
    texts.AREA_EXISTS: frozenset({"areas"}),
    texts.REGION_EXISTS: frozenset({"regions"}),
    texts.BODY_EXISTS: frozenset({"bodies"}),
    texts.ZONE_EXISTS: frozenset({"zones"}),
    texts.RECUSED: frozenset({"staff", "liaisons", "bodies"}),
}


def batch_of(reading: Reading) -> Batch:
    return Batch([typed(raw) for raw in reading.tables])


def check(batch: Batch, *, stored: Stored, found: list[ImportProblem]) -> None:
    """Raises `ImportRefused` with every problem: those `found` while reading and those of every row."""
    after = foreseen(stored, batch=batch)
    for sheet in batch.sheets:
        _check_duplicates(sheet)
        run = CHECKS.get(sheet.table.name)
        if run is not None:
            run(sheet, after=after)
    unread = unread_tables(batch, found=found)
    told = [problem for sheet in batch.sheets for problem in sheet.problems]
    waiting = [problem for problem in told if REFERRED_TO.get(problem.expected, frozenset()) & unread]
    problems = [*found, *(problem for problem in told if problem not in waiting)]
    if problems:
        in_order = sorted(problems, key=lambda problem: (problem.file, problem.row or 0))
        raise ImportRefused(in_order, waiting=len(waiting))


def unread_tables(batch: Batch, *, found: list[ImportProblem]) -> frozenset[str]:
    """Those of which nothing is known because of their file or its headers; a file of another name could be any."""
    files = {problem.file.lower().removesuffix(".csv") for problem in found if problem.row in (None, 1)}
    known = {sheet.table.name for sheet in batch.sheets if any(map(_key_of(sheet), sheet.records))}
    return frozenset(files if files <= tables.BY_NAME.keys() else tables.BY_NAME) - known


def _key_of(sheet: Sheet) -> Callable[[Record], str]:
    return lambda record: record.text(sheet.table.key[0])


def use_of(record: Record) -> Use:
    return Use(record.text("purpose"), record.text("area_code"), record.text("region_code"))


def _check_duplicates(sheet: Sheet) -> None:
    first: dict[tuple[str, ...], int] = {}
    for record in sheet.records:
        key = tuple(record.text(column) for column in sheet.table.key)
        if sheet.table is tables.ENTRIES and not key[0]:
            key = use_of(record)
        if record.bad.intersection(sheet.table.key) or not any(key):
            continue
        row = first.setdefault(key, record.row)
        if row != record.row:
            sheet.complain(record, sheet.table.key[0], texts.DUPLICATE.format(row=row))
