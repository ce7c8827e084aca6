"""结案: what was fed back closes by itself when its time is over, and is looked back at later."""

from datetime import datetime

from tortoise.transactions import in_transaction

from casework.transitions import Who, next_status
from dossier.records import keep_record
from dossier.rows import report_key
from dossier.timed import AT_ONCE, due_in, locked
from models.choices import RecordKind, Status
from models.report import Report
from organisation.clocks import clocks_of
from organisation.house import House
from vault.log import record


async def close_due(*, house: House) -> int:
    """Answers how many it closed; what fell due while no worker ran is closed now."""
    closed = 0
    while True:
        at = house.clock.now()
        due = await due_in(Status.FED_BACK, at=at)
        for report_id in due:
            closed += await _close(report_id, house=house, at=at)
        if len(due) < AT_ONCE:
            return closed


async def _close(report_id: str, *, house: House, at: datetime) -> bool:
    async with in_transaction():
        report = await locked(report_id)
        # rated, moved or closed by another worker while we waited for the lock
        if report.status is not Status.FED_BACK or report.due_at is None or report.due_at > at:
            return False
        report.status = next_status("close", status=report.status, role=Who.SYSTEM)
        report.closed_at, report.kept_from, report.due_at = at, at, None
        await report.save(update_fields=["status", "closed_at", "kept_from", "due_at"])
        await _schedule_look_back(report, house=house, at=at)
        await record("report.close", by="system", at=at, report_id=report.id)
    return True


async def _schedule_look_back(report: Report, *, house: House, at: datetime) -> None:
    await keep_record(
        report,
        kind=RecordKind.LOOK_BACK,
        content={},
        due_at=clocks_of(report.region_id, house=house).to_look_back_by(at),
        is_open=True,
        key=report_key(report, house=house),
        at=at,
    )
