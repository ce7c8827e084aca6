"""恢复计时: the clock goes on with the days it had left, by somebody's hand or by itself on the day named."""

from datetime import datetime

from tortoise.transactions import in_transaction

from access.reports import lock_report
from access.viewer import Viewer
from casework import texts
from casework.errors import TransitionNotAllowed
from casework.transitions import Who, next_status
from dossier.records import open_record, opened, settle
from dossier.rows import report_key
from dossier.timed import locked, reports_with_due
from models.choices import RecordKind, RecordOutcome
from models.report import Report
from organisation.house import House
from vault.log import record


async def resume(number: str, *, by: Viewer, house: House) -> None:
    """Raises `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then."""
    at = house.clock.now()
    async with in_transaction():
        report = await lock_report(by, number=number)
        next_status("resume", status=report.status, role=by.role)
        if not await _go_on(report, by_id=by.staff_id, house=house, at=at):
            raise TransitionNotAllowed(texts.NOT_STANDING)
        await record("report.resume", by=by.actor, at=at, report_id=report.id)


async def resume_due(*, house: House) -> int:
    """Answers how many clocks go on, because the day until which they stood is over."""
    at, count = house.clock.now(), 0
    for report_id in await reports_with_due(RecordKind.PAUSE, at=at):
        async with in_transaction():
            report = await locked(report_id)
            next_status("resume", status=report.status, role=Who.SYSTEM)
            if await _go_on(report, by_id=None, house=house, at=at):
                await record("report.resume", by="system", at=at, report_id=report.id)
                count += 1
    return count


async def _go_on(report: Report, *, by_id: int | None, house: House, at: datetime) -> bool:
    """Not where the clock does not stand any more."""
    standing = await open_record(report, kind=RecordKind.PAUSE)
    if standing is None or standing.due_at is None:
        return False
    content = opened(standing, key=report_key(report, house=house)).content
    # a worker that was down must not have given it more time than was asked for
    until = min(at, standing.due_at)
    days = until.astimezone(house.timezone).date() - standing.made_at.astimezone(house.timezone).date()
    report.due_at = datetime.fromisoformat(content["due_at"]) + days
    report.paused_at = None
    await report.save(update_fields=["due_at", "paused_at"])
    await settle(standing, outcome=RecordOutcome.ENDED, by_id=by_id, at=at)
    return True
