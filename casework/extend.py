"""延期: once, and by the leader, the matter gets as long again as it had to be concluded."""

from tortoise.transactions import in_transaction

from access.reports import lock_report
from access.viewer import Viewer
from casework import texts
from casework.errors import TransitionNotAllowed
from casework.transitions import next_status
from casework.words import reason_of
from dossier.records import keep_record
from dossier.rows import report_key
from models.choices import Disposition, RecordKind
from models.report import CLOCK, Report
from organisation.clocks import clocks_of
from organisation.house import House
from vault.log import record


async def extend(number: str, *, reason: str, by: Viewer, house: House) -> None:
    """Raises `FieldWrong`, `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then."""
    reason = reason_of(reason)
    at = house.clock.now()
    async with in_transaction():
        report = await lock_report(by, number=number)
        next_status("extend", status=report.status, role=by.role)
        if report.due_at is None or not may_extend(report):
            raise TransitionNotAllowed(texts.NOT_EXTENDED)
        report.extended_at = at
        report.run_until(clocks_of(report.region_id, house=house).to_conclude_by(report.due_at))
        await report.save(update_fields=["extended_at", *CLOCK])
        await keep_record(
            report,
            kind=RecordKind.EXTENSION,
            content={"reason": reason},
            body=by.body_code,
            by_id=by.staff_id,
            due_at=report.due_at,
            key=report_key(report, house=house),
            at=at,
        )
        await record("report.extend", by=by.actor, at=at, report_id=report.id)


def may_extend(report: Report) -> bool:
    """Neither twice, nor while the clock stands; what is held has its review day instead."""
    is_held = report.disposition is Disposition.HOLD
    return report.extended_at is None and report.paused_at is None and not is_held
