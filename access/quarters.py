"""What was concluded in a quarter: rows of the ledger, for the county and for the letters room they are fed back to.

A row tells what one of the ledger does and the day it was concluded, and leaves out what its reader is recused from.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from access.ledger import COUNTY, may_read_ledger, rows_of
from access.predicate import READERS
from access.viewer import Viewer
from clients.database import rows
from models.fields import from_millis, to_millis

LIMIT = 100
CONCLUDED = "r.status IN ('concluded', 'fed_back', 'closed')"
WHERE = f"{rows_of(COUNTY)} AND {CONCLUDED} AND r.concluded_at >= $6 AND r.concluded_at < $7"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcludedRow:
    number: str
    status: str
    kind: str | None
    area_name: str
    owner_code: str
    owner_name: str
    submitted_at: datetime
    concluded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcludedPage:
    rows: Sequence[ConcludedRow]
    next_cursor: str | None


def may_read_quarters(viewer: Viewer) -> bool:
    """The county's readers of the ledger at any time, its letters room what was fed back to it."""
    is_county = viewer.body_level == "county" and may_read_ledger(viewer)
    return is_county or is_told_quarters(viewer)


def is_told_quarters(viewer: Viewer) -> bool:
    """Whether somebody reads only the quarters that were given."""
    is_letters = viewer.body_level == "county" and viewer.room == "letters" and bool(viewer.county_code)
    return viewer.role in READERS and is_letters


def may_give_quarters(viewer: Viewer) -> bool:
    return may_read_quarters(viewer) and viewer.room == "cases"


def _values(viewer: Viewer, *, since: datetime, until: datetime) -> list[Any]:
    standing = [viewer.own_bar, viewer.body_bar, viewer.known_since, may_read_quarters(viewer)]
    return [*standing, viewer.county_code, to_millis(since), to_millis(until)]


async def list_concluded(
    viewer: Viewer, *, since: datetime, until: datetime, cursor: str = "", limit: int = LIMIT
) -> ConcludedPage:
    """In the order concluded; `until` is not included, `cursor` is as the page before gave it."""
    values, after = _values(viewer, since=since, until=until), ""
    millis, _, number = cursor.partition("-")
    if millis.isdecimal() and len(millis) < 16 and number:
        after = "AND (r.concluded_at > $8 OR (r.concluded_at = $8 AND r.number > $9))"
        values += [int(millis), number]
    sql = f"""SELECT r.number, r.status, r.kind, r.owner_id, r.submitted_at, r.concluded_at,
        a.name AS area_name, b.name AS owner_name
      FROM report r JOIN area a ON a.code = r.area_id JOIN body b ON b.code = r.owner_id
      WHERE {WHERE} {after} ORDER BY r.concluded_at, r.number LIMIT {limit + 1}"""
    found = [_row(row) for row in await rows(sql, *values)]
    page, more = found[:limit], len(found) > limit
    following = f"{to_millis(page[-1].concluded_at)}-{page[-1].number}" if more else None
    return ConcludedPage(rows=page, next_cursor=following)


async def count_concluded(viewer: Viewer, *, since: datetime, until: datetime) -> Mapping[str, int]:
    """By kind; what nobody has given a kind under the empty one."""
    sql = f"SELECT COALESCE(r.kind, '') AS kind, COUNT(*) AS n FROM report r WHERE {WHERE} GROUP BY r.kind"
    return {row["kind"]: row["n"] for row in await rows(sql, *_values(viewer, since=since, until=until))}


def _row(row: Any) -> ConcludedRow:
    return ConcludedRow(
        number=row["number"],
        status=row["status"],
        kind=row["kind"],
        area_name=row["area_name"],
        owner_code=row["owner_id"],
        owner_name=row["owner_name"],
        submitted_at=from_millis(row["submitted_at"]),
        concluded_at=from_millis(row["concluded_at"]),
    )
