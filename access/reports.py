"""What staff may read of reports: lists, counts, search and the one opened report, each behind the predicate."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from access.counting import how_many
from access.predicate import APPROVING, ASIDE, IN_PLACE, PARAMETERS, VISIBLE, readable, viewer_values
from access.viewer import Viewer
from clients.database import rows
from clients.finding import find_where
from models.choices import Status
from models.errors import DomainError
from models.fields import from_millis, to_millis
from models.report import Report
from vault.log import record
from vault.vault import Vault


class ReportNotFound(DomainError):
    """There is no such report for this viewer: hidden and absent look the same."""

    key = "report-not-found"
    message = "没有找到这件反映。"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """A line of the inbox; nothing of it is sealed."""

    number: str
    status: str
    kind: str | None
    level: str
    owner_code: str
    area_name: str
    region_name: str
    is_named: bool
    submitted_at: datetime
    due_at: datetime | None
    handler_name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    rows: list[ReportRow]
    next_cursor: str | None


EACH_STATUS = " UNION ALL ".join(f"SELECT '{status}' AS status" for status in Status)
ROW = """SELECT r.number, r.status, r.kind, r.level, r.owner_id, r.is_named, r.submitted_at, r.due_at,
    a.name AS area_name, p.name AS region_name, h.name AS handler_name
  FROM report r JOIN area a ON a.code = r.area_id JOIN region p ON p.code = r.region_id
  LEFT JOIN staff h ON h.id = r.handler_id"""


async def list_reports(
    viewer: Viewer,
    *,
    vault: Vault,
    at: datetime,
    status: str = "",
    owner: str = "",
    q: str = "",
    cursor: str = "",
    limit: int = 50,
) -> Page:
    """Newest first. `q` is an exact number, name, telephone or post; a search is an event, without its words.

    What stands aside is in a list of its own (`access.quarantine`), and found by a search.
    """
    where = [VISIBLE]
    values = viewer_values(viewer)

    def parameter(value: Any) -> str:
        values.append(value)
        return f"${len(values)}"

    if status:
        where.append(f"r.status = {parameter(status)}")
    if owner:
        where.append(f"r.owner_id = {parameter(owner)}")
    if q:
        where.append(_matches(q, vault=vault, parameter=parameter))
        await record("report.search", by=viewer.actor, at=at)
    else:
        where.append(IN_PLACE)
    position = position_of(cursor)
    if position:
        before, number = parameter(position[0]), parameter(position[1])
        where.append(f"(r.submitted_at, r.number) < ({before}, {number})")
    sql = f"{ROW} WHERE {' AND '.join(where)} ORDER BY r.submitted_at DESC, r.number DESC LIMIT {limit + 1}"
    found = await rows(sql, *values)
    page = [row_of(row) for row in found[:limit]]
    more = len(found) > limit
    return Page(
        rows=page,
        next_cursor=f"{to_millis(page[-1].submitted_at)}-{page[-1].number}" if more else None,
    )


def _matches(q: str, *, vault: Vault, parameter: Any) -> str:
    word = q.strip()
    name, phone, post = (vault.index(kind, word) for kind in ("name", "phone", "post"))
    return (
        f"(r.number = {parameter(word.upper())} OR r.name_index = {parameter(name)}"
        f" OR r.phone_index = {parameter(phone)} OR r.subject_name_index = {parameter(name)}"
        f" OR r.subject_post_index = {parameter(post)})"
    )


def position_of(cursor: str) -> tuple[int, str] | None:
    millis, _, number = cursor.partition("-")
    return (int(millis), number) if millis.isdecimal() and len(millis) < 16 and number else None


async def count_by_status(viewer: Viewer) -> dict[str, int]:
    """As the lists show them and as far as `access.counting` goes; a status without any is left out."""
    counted = how_many(f"{VISIBLE} AND {IN_PLACE} AND r.status = each.status")
    sql = f"SELECT each.status, {counted} AS n FROM ({EACH_STATUS}) each"
    return {row["status"]: row["n"] for row in await rows(sql, *viewer_values(viewer)) if row["n"]}


async def count_aside(viewer: Viewer) -> int:
    sql = f"SELECT COUNT(*) AS n FROM report r WHERE {VISIBLE} AND {ASIDE}"
    return int((await rows(sql, *viewer_values(viewer)))[0]["n"])


async def find_report(viewer: Viewer, *, number: str) -> Report:
    """Raises `ReportNotFound` for what this viewer may not see."""
    return await _find(viewer, number=number, seen=VISIBLE)


async def _find(viewer: Viewer, *, number: str, seen: str) -> Report:
    found = await find_where(
        Report, f"r.number = ${PARAMETERS + 1} AND {seen}", *viewer_values(viewer), number
    )
    if not found:
        raise ReportNotFound
    return found[0]


async def open_report(viewer: Viewer, *, number: str, at: datetime) -> Report:
    """For somebody who will read it, or approve what its own body cannot: the read is an event (Rules art. 52)."""
    report = await _find(viewer, number=number, seen=readable(viewer))
    await record("report.read", by=viewer.actor, at=at, report_id=report.id)
    return report


async def is_first_reading(viewer: Viewer, *, report: Report) -> bool:
    """Whether the reading just kept is this person's first."""
    sql = "SELECT id FROM event WHERE report_id = $1 AND actor = $2 AND action = 'report.read' LIMIT 2"
    return len(await rows(sql, report.id, viewer.actor)) == 1


async def lock_report(viewer: Viewer, *, number: str) -> Report:
    """As `find_report`, with the row locked until the transaction ends: for actions."""
    return await _lock(viewer, number=number, seen=VISIBLE)


async def lock_to_approve(viewer: Viewer, *, number: str) -> Report:
    """As `lock_report`, also for the leader of another body that has to approve."""
    return await _lock(viewer, number=number, seen=readable(viewer))


async def _lock(viewer: Viewer, *, number: str, seen: str) -> Report:
    report = await _find(viewer, number=number, seen=seen)
    await rows("SELECT id FROM report WHERE id = $1 FOR UPDATE", report.id)
    # somebody else may have moved it while we waited for the lock
    return await _find(viewer, number=number, seen=seen)


async def list_to_answer(viewer: Viewer, *, limit: int = 50) -> list[ReportRow]:
    """Where a reporter's request for recusal waits for a leader, the longest known first; empty for everybody else."""
    if viewer.role != "leader":
        return []
    asked = "SELECT 1 FROM recusal_request q WHERE q.report_id = r.id AND q.settled_at IS NULL"
    open_ = "r.status NOT IN ('declined', 'closed')"
    sql = f"{ROW} WHERE {VISIBLE} AND {open_} AND EXISTS ({asked}) ORDER BY r.submitted_at, r.number LIMIT {limit}"
    return [row_of(row) for row in await rows(sql, *viewer_values(viewer))]


async def list_to_approve(viewer: Viewer, *, limit: int = 50) -> list[ReportRow]:
    """What waits for the leaders of this body, the longest waiting first; empty for everybody else."""
    if viewer.role != "leader":
        return []
    sql = f"{ROW} WHERE {APPROVING} ORDER BY r.due_at, r.number LIMIT {limit}"
    return [row_of(row) for row in await rows(sql, *viewer_values(viewer))]


def row_of(row: Any) -> ReportRow:
    return ReportRow(
        number=row["number"],
        status=row["status"],
        kind=row["kind"],
        level=row["level"],
        owner_code=row["owner_id"],
        area_name=row["area_name"],
        region_name=row["region_name"],
        is_named=bool(row["is_named"]),
        submitted_at=from_millis(row["submitted_at"]),
        due_at=from_millis(row["due_at"]) if row["due_at"] is not None else None,
        handler_name=row["handler_name"],
    )
