"""反馈: the reporter hears what came of it, and can rate it."""

from tortoise.transactions import in_transaction

from access.reports import lock_report
from access.viewer import Viewer
from casework import texts
from casework.clocks import closes_unrated
from casework.transitions import next_status
from casework.words import TEXT_LIMIT, words_of
from dossier.notices import tell_reporter_progress
from dossier.rows import keep_message, report_key
from models.choices import Speaker
from models.report import CLOCK
from organisation.house import House
from vault.log import record


async def feedback(number: str, *, text: str, by: Viewer, house: House) -> None:
    """Raises `FieldWrong`, `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then."""
    text = words_of(text, field="text", limit=TEXT_LIMIT, missing=texts.FEEDBACK_MISSING)
    at = house.clock.now()
    async with in_transaction():
        report = await lock_report(by, number=number)
        report.status = next_status("feedback", status=report.status, role=by.role)
        report.fed_back_at = at
        report.run_until(closes_unrated(at, timezone=house.timezone))
        # each feedback is rated anew
        report.update_from_dict(dict.fromkeys(["rating", "rated_at"]))
        await report.save(update_fields=["status", "fed_back_at", "rating", "rated_at", *CLOCK])
        key = report_key(report, house=house)
        message = await keep_message(
            report, key=key, text=text, speaker=Speaker.STAFF, at=at, staff_id=by.staff_id
        )
        await tell_reporter_progress(report, message=message, key=key, house=house, at=at)
        await record("report.feedback", by=by.actor, at=at, report_id=report.id, object_id=message.id)
    await house.coordination.wake("outbox")
