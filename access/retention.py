"""What may be destroyed of reports that a viewer sees (保管期限) counted, listed, chosen behind the predicate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from access.predicate import VISIBLE, viewer_values
from access.reports import ROW, ReportRow, row_of
from access.viewer import Viewer
from clients.database import rows
from models.fields import to_millis

MOST_AT_ONCE: Final = 2_000
HELD: Final = """EXISTS (SELECT 1 FROM case_record c WHERE c.report_id = r.id AND c.kind = 'retention'
  AND c.outcome = 'open')"""
# once destroyed, nobody could be asked for the result, nor be told it
AWAITED: Final = "EXISTS (SELECT 1 FROM referral f WHERE f.report_id = r.id AND f.result_at IS NULL)"
STAYS: Final = f"({HELD} OR {AWAITED})"
PLANNED: Final = "EXISTS (SELECT 1 FROM retention_item i WHERE i.report_id = r.id)"
COUNTED: Final = "SELECT r.kind, r.status, COUNT(*) AS many FROM report r"
GROUPED: Final = "GROUP BY r.kind, r.status"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """Reports of that kind (empty: none was set) and status are due when what began their time lies before."""

    kind: str
    status: str
    before: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    kind: str
    status: str
    many: int


def is_due(limits: Sequence[Limit], *, values: list[Any]) -> str:
    """A condition over `r`; its parameters are appended to `values`."""
    return f"{_is_over(limits, values=values)} AND NOT {STAYS}"


def _is_over(limits: Sequence[Limit], *, values: list[Any]) -> str:
    def parameter(value: Any) -> str:
        values.append(value)
        return f"${len(values)}"

    over = [
        f"(COALESCE(r.kind, '') = {parameter(one.kind)} AND r.status = {parameter(one.status)}"
        f" AND r.kept_from < {parameter(to_millis(one.before))})"
        for one in limits
    ]
    return f"({' OR '.join(over)})"


async def count_due(viewer: Viewer, *, limits: Sequence[Limit]) -> list[Count]:
    """What would go, were it confirmed now; what lies in a plan already is not counted."""
    values = viewer_values(viewer)
    due = is_due(limits, values=values)
    sql = f"{COUNTED} WHERE {VISIBLE} AND {due} AND NOT {PLANNED} {GROUPED}"
    return [_count(row) for row in await rows(sql, *values)]


async def list_due(viewer: Viewer, *, limits: Sequence[Limit], limit: int) -> list[ReportRow]:
    """The longest over first."""
    values = viewer_values(viewer)
    due = is_due(limits, values=values)
    sql = f"{ROW} WHERE {VISIBLE} AND {due} AND NOT {PLANNED} ORDER BY r.kept_from, r.number LIMIT {limit}"
    return [row_of(row) for row in await rows(sql, *values)]


async def ids_due(viewer: Viewer, *, limits: Sequence[Limit]) -> list[str]:
    """Of up to `MOST_AT_ONCE`, the longest over first."""
    values = viewer_values(viewer)
    due = is_due(limits, values=values)
    sql = f"""SELECT r.id FROM report r WHERE {VISIBLE} AND {due} AND NOT {PLANNED}
      ORDER BY r.kept_from, r.id LIMIT {MOST_AT_ONCE}"""
    return [row["id"] for row in await rows(sql, *values)]


async def list_held(viewer: Viewer, *, limit: int) -> list[ReportRow]:
    sql = f"{ROW} WHERE {VISIBLE} AND {HELD} ORDER BY r.submitted_at, r.number LIMIT {limit}"
    return [row_of(row) for row in await rows(sql, *viewer_values(viewer))]


async def list_awaited(viewer: Viewer, *, limits: Sequence[Limit], limit: int) -> list[ReportRow]:
    """Over their time, and not due because the result of a referral is still waited for."""
    values = viewer_values(viewer)
    over = _is_over(limits, values=values)
    sql = f"{ROW} WHERE {VISIBLE} AND {over} AND {AWAITED} ORDER BY r.kept_from, r.number LIMIT {limit}"
    return [row_of(row) for row in await rows(sql, *values)]


async def count_waiting(viewer: Viewer, *, limits: Sequence[Limit]) -> dict[str, list[Count]]:
    """Of plans that nobody has confirmed, by the plan's id: what this viewer sees of each and is still due.

    A plan of which they see nothing is not there; one of which nothing is due any more is, with no counts.
    """
    values = viewer_values(viewer)
    due = is_due(limits, values=values)
    sql = f"""SELECT i.plan_id, r.kind, r.status, SUM(CASE WHEN {due} THEN 1 ELSE 0 END) AS many
      FROM retention_item i JOIN report r ON r.id = i.report_id
      WHERE {VISIBLE} AND NOT i.is_confirmed {GROUPED}, i.plan_id"""
    found: dict[str, list[Count]] = {}
    for row in await rows(sql, *values):
        found.setdefault(row["plan_id"], []).extend([_count(row)] if row["many"] else [])
    return found


async def items_to_confirm(viewer: Viewer, *, plan_id: str, limits: Sequence[Limit]) -> list[str]:
    """Ids of items whose report this viewer sees and that is still due."""
    values = viewer_values(viewer)
    due = is_due(limits, values=values)
    plan = f"${len(values) + 1}"
    sql = f"""SELECT i.id FROM retention_item i JOIN report r ON r.id = i.report_id
      WHERE {VISIBLE} AND {due} AND NOT i.is_confirmed AND i.plan_id = {plan}"""
    return [row["id"] for row in await rows(sql, *values, plan_id)]


def _count(row: Any) -> Count:
    return Count(kind=row["kind"] or "", status=row["status"], many=row["many"])
