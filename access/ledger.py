"""Ledger rows (台账): numbers and clocks of matters that belong to bodies below, and no more.

The cases room and the county's head read the county's; a zone's office the overdue ones of its townships. A matter
the city owns is in neither: what belongs to a higher body may not be spread below (Rules art. 15).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from access.due import RUNNING
from access.ledger_filters import ALL, LedgerFilter, narrowed
from access.predicate import IN_PLACE, READERS, UNBARRED
from access.referrals import ReferralRow, referrals_beside
from access.reports import ReportNotFound, position_of
from access.viewer import Viewer
from clients.database import rows
from models.fields import from_millis, to_millis
from models.report import Report

LIMIT = 100
NEWEST = 5_000
"""So many of all reports are looked through for a page before the past is sorted: one county in fifty fills it."""
NEWEST_FIRST = "ORDER BY r.submitted_at DESC, r.number DESC"
OFFICE_LEVEL, COUNTY_LEVEL = 1, 2

# a flood fills no ledger before it came back
COUNTY = f"""r.owner_id IN (SELECT b.code FROM body b JOIN region g ON g.code = b.region_id
    WHERE g.code = $5 OR g.parent_id = $5) AND {IN_PLACE}"""
ZONE = f"""r.owner_id IN (SELECT m.body_id FROM zone_member m JOIN zone z ON z.code = m.zone_id
    WHERE z.office_body_id = $5 AND z.is_active AND m.is_active) AND {RUNNING} AND r.due_at < $6"""
OF_LEVEL = {"county": COUNTY, "office": ZONE}

ROWS = """SELECT r.number, r.status, r.kind, r.owner_id, r.submitted_at, r.due_at, r.urge_due_at,
    r.overdue_level, a.name AS area_name, b.name AS owner_name
  FROM report r JOIN area a ON a.code = r.area_id JOIN body b ON b.code = r.owner_id"""


class LedgerRow(NamedTuple):
    number: str
    status: str
    kind: str | None
    area_name: str
    owner_code: str
    owner_name: str
    submitted_at: datetime
    due_at: datetime | None
    urge_due_at: datetime | None
    overdue_level: int
    referrals: Sequence[ReferralRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerPage:
    rows: Sequence[LedgerRow]
    next_cursor: str | None


def may_read_ledger(viewer: Viewer) -> bool:
    """Handlers and leaders of a zone's office, of the county's cases room, and of the county's head (no room)."""
    is_county = viewer.body_level == "county" and viewer.room in ("cases", "") and bool(viewer.county_code)
    return viewer.role in READERS and (is_county or viewer.body_level == "office")


def _listed(viewer: Viewer) -> str:
    """The rows a viewer may know of, over `r`; parameters as `_values` gives them."""
    return rows_of(OF_LEVEL.get(viewer.body_level, COUNTY))


def rows_of(owners: str) -> str:
    """A condition over `r`: whose rows, with `$1` to `$5` as in `_values`; what is barred or not matched is no row."""
    return f"$4 AND ({owners}) AND r.matched_version >= $3 AND {UNBARRED}"


def _values(viewer: Viewer, *, at: datetime) -> list[Any]:
    values = [viewer.own_bar, viewer.body_bar, viewer.known_since, may_read_ledger(viewer)]
    if viewer.body_level == "office":
        return [*values, viewer.body_code, to_millis(at)]
    return [*values, viewer.county_code]


def listed(viewer: Viewer, *, at: datetime) -> tuple[list[Any], str]:
    """Parameters, and a condition over `r` that begins to count with them: whose rows a viewer may know of."""
    return _values(viewer, at=at), _listed(viewer)


async def list_ledger(
    viewer: Viewer,
    *,
    at: datetime,
    wanted: LedgerFilter = ALL,
    cursor: str = "",
    limit: int = LIMIT,
) -> LedgerPage:
    """Newest first; `cursor` as the page before gave it."""
    values = _values(viewer, at=at)
    where = f"{_listed(viewer)}{narrowed(wanted, values=values, at=at)}"
    older = "TRUE"
    if position := position_of(cursor):
        older = f"(r.submitted_at, r.number) < (${len(values) + 1}, ${len(values) + 2})"
        values += position
    ending = f"{NEWEST_FIRST} LIMIT {limit + 1}"
    found: Sequence[Any] = ()
    if viewer.body_level != "office" and not wanted.keys:
        newest = f"(SELECT * FROM report r WHERE {older} {NEWEST_FIRST} LIMIT {NEWEST}) r"
        first = ROWS.replace("report r", f"(SELECT r.* FROM {newest} WHERE {where} {ending}) r")
        found = await rows(f"{first} {NEWEST_FIRST}", *values)
    if len(found) <= limit:
        found = await rows(f"{ROWS} WHERE {where} AND {older} {ending}", *values)
    page = await _rows(found[:limit])
    more = len(found) > limit
    following = f"{to_millis(page[-1].submitted_at)}-{page[-1].number}" if more else None
    return LedgerPage(rows=page, next_cursor=following)


async def climbed_rows(viewer: Viewer, *, at: datetime, limit: int = 20) -> list[LedgerRow]:
    """What has come as far as this viewer by being overdue, the longest overdue first; without its referrals."""
    level = OFFICE_LEVEL if viewer.body_level == "office" else COUNTY_LEVEL
    values = [*_values(viewer, at=at), to_millis(at)]
    # the level stands in the words: how few have climbed that far is known beforehand, and planned for once
    sql = f"""{ROWS} WHERE {_listed(viewer)} AND {RUNNING} AND r.due_at < ${len(values)} AND r.overdue_level >= {level}
      ORDER BY r.due_at, r.number LIMIT {limit}"""
    return [_row(row, referrals=()) for row in await rows(sql, *values)]


async def is_listed_for(viewer: Viewer, *, report_id: str, at: datetime) -> bool:
    values = _values(viewer, at=at)
    sql = f"SELECT 1 AS seen FROM report r WHERE r.id = ${len(values) + 1} AND {_listed(viewer)}"
    return bool(await rows(sql, *values, report_id))


async def listed_row(viewer: Viewer, *, number: str, at: datetime) -> LedgerRow:
    """Raises `ReportNotFound`."""
    values = _values(viewer, at=at)
    found = await rows(f"{ROWS} WHERE r.number = ${len(values) + 1} AND {_listed(viewer)}", *values, number)
    if not found:
        raise ReportNotFound
    return (await _rows(found))[0]


async def find_listed(viewer: Viewer, *, number: str, at: datetime) -> Report:
    """The report behind a ledger row, for an action that needs no look into it. Raises `ReportNotFound`."""
    values = _values(viewer, at=at)
    sql = f"SELECT r.id FROM report r WHERE r.number = ${len(values) + 1} AND {_listed(viewer)}"
    found = await rows(sql, *values, number)
    if not found:
        raise ReportNotFound
    return await Report.get(id=found[0]["id"])


async def lock_listed(viewer: Viewer, *, number: str, at: datetime) -> Report:
    """As `find_listed`, with the row locked until the transaction ends."""
    report = await find_listed(viewer, number=number, at=at)
    await rows("SELECT id FROM report WHERE id = $1 FOR UPDATE", report.id)
    # somebody else may have moved it while we waited for the lock
    return await find_listed(viewer, number=number, at=at)


async def _rows(found: Sequence[Any]) -> list[LedgerRow]:
    referrals = await referrals_beside(row["number"] for row in found)
    return [_row(row, referrals=referrals.get(row["number"], ())) for row in found]


def _row(row: Any, *, referrals: Sequence[ReferralRow]) -> LedgerRow:
    return LedgerRow(
        number=row["number"],
        status=row["status"],
        kind=row["kind"],
        area_name=row["area_name"],
        owner_code=row["owner_id"],
        owner_name=row["owner_name"],
        submitted_at=from_millis(row["submitted_at"]),
        due_at=from_millis(row["due_at"]) if row["due_at"] is not None else None,
        urge_due_at=from_millis(row["urge_due_at"]) if row["urge_due_at"] is not None else None,
        overdue_level=row["overdue_level"],
        referrals=referrals,
    )
