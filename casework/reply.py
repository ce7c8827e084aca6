"""回复: words of the body to the reporter, carried to where they reported from."""

from datetime import timedelta

from tortoise.transactions import in_transaction

from access.reports import lock_report
from access.viewer import Viewer
from casework import texts
from casework.careful import hold_back
from casework.transitions import next_status
from casework.words import TEXT_LIMIT, words_of
from dossier.notices import tell_reporter_reply
from dossier.reply_drafts import drop_draft
from dossier.rows import keep_message, report_key
from models.choices import Speaker
from organisation.house import House
from vault.log import record

HELD = timedelta(minutes=2)


async def reply(
    number: str, *, text: str, by: Viewer, house: House, careful: str = "", hold: str = ""
) -> None:
    """With `careful` a text that betrays something is held back once; with `hold` it leaves after two minutes.

    Raises `FieldWrong` (`TextBetrays`), `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then.
    """
    text = words_of(text, field="text", limit=TEXT_LIMIT, missing=texts.TEXT_MISSING)
    at = house.clock.now()
    leaves_at = at + HELD if hold else None
    async with in_transaction():
        report = await lock_report(by, number=number)
        next_status("reply", status=report.status, role=by.role)
        key = report_key(report, house=house)
        if careful:
            hold_back(text, report=report, key=key, house=house)
        message = await keep_message(
            report,
            key=key,
            text=text,
            speaker=Speaker.STAFF,
            at=at,
            staff_id=by.staff_id,
            leaves_at=leaves_at,
        )
        await tell_reporter_reply(report, message=message, key=key, house=house, at=at, leaves_at=leaves_at)
        await drop_draft(report, staff_id=by.staff_id)
        await record("report.reply", by=by.actor, at=at, report_id=report.id, object_id=message.id)
    await house.coordination.wake("outbox")
