"""反馈: the reporter hears what came of it, and can rate it; reporters of one matter hear it together."""

from datetime import datetime
from functools import partial

from tortoise.transactions import in_transaction

from access.viewer import Viewer
from casework import texts
from casework.together import do_each, locked_together
from casework.transitions import TABLE, next_status
from casework.words import TEXT_LIMIT, words_of
from dossier.notices import tell_reporter_progress
from dossier.rows import keep_message, report_key
from models.choices import Speaker
from models.report import CLOCK, Report
from organisation.clocks import clocks_of
from organisation.house import House
from vault.log import record


async def feedback(number: str, *, text: str, by: Viewer, house: House, together: str = "") -> None:
    """With `together` also for what is linked to it and concluded.

    Raises `FieldWrong`, `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then.
    """
    text = words_of(text, field="text", limit=TEXT_LIMIT, missing=texts.FEEDBACK_MISSING)
    at = house.clock.now()
    async with in_transaction():
        reports = await locked_together(number, together=together, by=by)
        feed_back = partial(_feed_back, text=text, by=by, house=house, at=at)
        await do_each(reports, starts=TABLE["feedback"].starts, do=feed_back)
    await house.coordination.wake("outbox")


async def _feed_back(
    report: Report, is_told: bool, *, text: str, by: Viewer, house: House, at: datetime
) -> None:
    report.status = next_status("feedback", status=report.status, role=by.role)
    report.fed_back_at = at
    report.run_until(clocks_of(report.region_id, house=house).closes_unrated(at))
    # each feedback is rated anew
    report.update_from_dict(dict.fromkeys(["rating", "rated_at"]))
    await report.save(update_fields=["status", "fed_back_at", "rating", "rated_at", *CLOCK])
    key = report_key(report, house=house)
    message = await keep_message(
        report, key=key, text=text, speaker=Speaker.STAFF, at=at, staff_id=by.staff_id
    )
    if is_told:
        await tell_reporter_progress(report, message=message, key=key, house=house, at=at)
    await record("report.feedback", by=by.actor, at=at, report_id=report.id, object_id=message.id)
