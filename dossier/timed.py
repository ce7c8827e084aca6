"""Reports whose time has come, found for the worker: nobody reads them by it."""

from datetime import datetime

from clients.database import rows
from models.choices import RecordKind, Status
from models.fields import to_millis
from models.report import Report

AT_ONCE = 100


async def locked(report_id: str) -> Report:
    """With its row locked until the transaction ends."""
    await rows("SELECT id FROM report WHERE id = $1 FOR UPDATE", report_id)
    return await Report.get(id=report_id)


async def due_in(status: Status, *, at: datetime) -> list[str]:
    """Ids of up to `AT_ONCE` reports of that status whose `due_at` is over, the longest over first."""
    sql = f"SELECT id FROM report WHERE status = $1 AND due_at <= $2 ORDER BY due_at, id LIMIT {AT_ONCE}"
    return [row["id"] for row in await rows(sql, str(status), to_millis(at))]


async def reports_with_due(kind: RecordKind, *, at: datetime) -> list[str]:
    """Ids of reports with an open record of that kind whose own time is over."""
    sql = f"""SELECT report_id FROM case_record WHERE outcome = 'open' AND kind = $1 AND due_at <= $2
      ORDER BY due_at, id LIMIT {AT_ONCE}"""
    return [row["report_id"] for row in await rows(sql, str(kind), to_millis(at))]


async def overdue_reports(*, before: datetime, below: int) -> list[str]:
    """Ids of reports whose clock ran out before that moment and that have not climbed as far as `below`."""
    sql = f"""SELECT id FROM report WHERE status IN ('received', 'accepted', 'handling', 'concluded')
      AND due_at < $1 AND overdue_level < $2 ORDER BY due_at, id LIMIT {AT_ONCE}"""
    return [row["id"] for row in await rows(sql, to_millis(before), below)]
