"""结束咨询: a conversation that was answered is closed; what is a matter is accepted instead."""

from tortoise.transactions import in_transaction

from access.reports import lock_report
from access.viewer import Viewer
from casework import texts
from casework.errors import TransitionNotAllowed
from casework.transitions import next_status
from dossier.contents import latest_reply
from dossier.notices import tell_reporter_progress
from dossier.rows import keep_message, report_key
from models.choices import Kind, Speaker
from models.report import CLOCK
from organisation.house import House
from vault.log import record


async def end_consult(number: str, *, by: Viewer, house: House) -> None:
    """Raises `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then."""
    at = house.clock.now()
    async with in_transaction():
        report = await lock_report(by, number=number)
        status = next_status("end-consult", status=report.status, role=by.role)
        if report.kind is not Kind.CONSULT:
            raise TransitionNotAllowed(texts.NO_CONSULT)
        if await latest_reply(report, at=at) is None:
            raise TransitionNotAllowed(texts.CONSULT_UNANSWERED)
        report.status, report.closed_at, report.kept_from = status, at, at
        report.run_until(None)
        await report.save(update_fields=["status", "closed_at", "kept_from", *CLOCK])
        key = report_key(report, house=house)
        message = await keep_message(report, key=key, text=texts.CONSULT_ENDED, speaker=Speaker.SYSTEM, at=at)
        await tell_reporter_progress(report, message=message, key=key, house=house, at=at)
        await record("report.end-consult", by=by.actor, at=at, report_id=report.id)
    await house.coordination.wake("outbox")
