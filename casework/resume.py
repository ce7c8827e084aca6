"""恢复计时: the clock goes on with the days it had left, by somebody's hand or by itself on the day named."""

from tortoise.transactions import in_transaction

from access.reports import lock_report
from access.viewer import Viewer
from casework import texts
from casework.errors import TransitionNotAllowed
from casework.transitions import Who, next_status
from dossier.pausing import go_on
from dossier.timed import locked, reports_with_due
from models.choices import RecordKind
from organisation.house import House
from vault.log import record


async def resume(number: str, *, by: Viewer, house: House) -> None:
    """Raises `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then."""
    at = house.clock.now()
    async with in_transaction():
        report = await lock_report(by, number=number)
        next_status("resume", status=report.status, role=by.role)
        if not await go_on(report, by_id=by.staff_id, house=house, at=at):
            raise TransitionNotAllowed(texts.NOT_STANDING)
        await record("report.resume", by=by.actor, at=at, report_id=report.id)


async def resume_due(*, house: House) -> int:
    """Answers how many clocks go on, because the day until which they stood is over."""
    at, count = house.clock.now(), 0
    for report_id in await reports_with_due(RecordKind.PAUSE, at=at):
        async with in_transaction():
            report = await locked(report_id)
            next_status("resume", status=report.status, role=Who.SYSTEM)
            if await go_on(report, by_id=None, house=house, at=at):
                await record("report.resume", by="system", at=at, report_id=report.id)
                count += 1
    return count
