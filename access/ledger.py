"""Ledger rows (台账): what the cases room and the county's head read of the county's matters, and no more.

A matter the city owns is not in it: what belongs to a higher body may not be spread below (Rules art. 15).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from access.predicate import READERS, UNBARRED
from access.viewer import Viewer
from clients.database import rows
from models.fields import from_millis, to_millis

LIMIT = 100

ROWS = f"""SELECT r.number, r.status, r.kind, r.owner_id, r.submitted_at, r.due_at,
    a.name AS area_name, b.name AS owner_name
  FROM report r JOIN area a ON a.code = r.area_id
  JOIN body b ON b.code = r.owner_id JOIN region g ON g.code = b.region_id
  WHERE $4 AND (g.code = $5 OR g.parent_id = $5)
    AND r.matched_version >= $3 AND {UNBARRED}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    number: str
    status: str
    kind: str | None
    area_name: str
    owner_code: str
    owner_name: str
    submitted_at: datetime
    due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerPage:
    rows: Sequence[LedgerRow]
    next_cursor: str | None


def may_read_ledger(viewer: Viewer) -> bool:
    """Handlers and leaders of the county's cases room, and of the county's head (no room)."""
    is_place = viewer.body_level == "county" and viewer.room in ("cases", "")
    return viewer.role in READERS and is_place and bool(viewer.county_code)


async def list_ledger(viewer: Viewer, *, cursor: str = "") -> LedgerPage:
    """Newest first; `cursor` as the page before gave it."""
    values = [
        viewer.own_bar,
        viewer.body_bar,
        viewer.known_since,
        may_read_ledger(viewer),
        viewer.county_code,
    ]
    sql = ROWS
    millis, _, number = cursor.partition("-")
    if millis.isdecimal() and len(millis) < 16 and number:
        sql += " AND (r.submitted_at < $6 OR (r.submitted_at = $6 AND r.number < $7))"
        values += [int(millis), number]
    sql += f" ORDER BY r.submitted_at DESC, r.number DESC LIMIT {LIMIT + 1}"
    found = await rows(sql, *values)
    page = [
        LedgerRow(
            number=row["number"],
            status=row["status"],
            kind=row["kind"],
            area_name=row["area_name"],
            owner_code=row["owner_id"],
            owner_name=row["owner_name"],
            submitted_at=from_millis(row["submitted_at"]),
            due_at=from_millis(row["due_at"]) if row["due_at"] is not None else None,
        )
        for row in found[:LIMIT]
    ]
    more = len(found) > LIMIT
    last = f"{to_millis(page[-1].submitted_at)}-{page[-1].number}" if more else None
    return LedgerPage(rows=page, next_cursor=last)
