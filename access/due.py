"""What is due: the reports of a viewer whose clock has run out, or does so today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from access.counting import how_many
from access.predicate import PARAMETERS, VISIBLE, viewer_values
from access.viewer import Viewer
from clients.database import rows
from models.fields import from_millis, to_millis

RUNNING = "r.status IN ('received', 'accepted', 'handling', 'concluded') AND r.due_at IS NOT NULL"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRow:
    number: str
    status: str
    area_name: str
    region_name: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """`rows` are the most urgent ones; the two counts are of all, as far as `access.counting` goes."""

    rows: Sequence[DueRow]
    overdue: int
    today: int


async def due_reports(viewer: Viewer, *, at: datetime, day_ends_at: datetime, limit: int = 4) -> Due:
    first, second = f"${PARAMETERS + 1}", f"${PARAMETERS + 2}"
    overdue = how_many(f"{VISIBLE} AND {RUNNING} AND r.due_at < {first}")
    today = how_many(f"{VISIBLE} AND {RUNNING} AND r.due_at >= {first} AND r.due_at <= {second}")
    values = [*viewer_values(viewer), to_millis(at), to_millis(day_ends_at)]
    (counts,) = await rows(f"SELECT {overdue} AS overdue, {today} AS today", *values)
    # found in the index that holds all they are asked for: a row of each that is overdue was read before, four shown
    found = await rows(
        f"""SELECT r.number, r.status, r.due_at, a.name AS area_name, p.name AS region_name
          FROM (SELECT r.id FROM report r WHERE {VISIBLE} AND {RUNNING} AND r.due_at <= {first}
            ORDER BY r.due_at, r.id LIMIT {limit}) urgent JOIN report r ON r.id = urgent.id
          JOIN area a ON a.code = r.area_id JOIN region p ON p.code = r.region_id ORDER BY r.due_at, r.number""",
        *viewer_values(viewer),
        to_millis(day_ends_at),
    )
    return Due(rows=[_row(row) for row in found], overdue=counts["overdue"], today=counts["today"])


def _row(row: Any) -> DueRow:
    return DueRow(
        number=row["number"],
        status=row["status"],
        area_name=row["area_name"],
        region_name=row["region_name"],
        due_at=from_millis(row["due_at"]),
    )
