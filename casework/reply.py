"""回复: words of the body to the reporter, carried to where they reported from, or to all who reported one matter."""

from datetime import datetime, timedelta
from functools import partial

from tortoise.transactions import in_transaction

from access.viewer import Viewer
from casework import texts
from casework.careful import hold_back
from casework.together import do_each, locked_together
from casework.transitions import TABLE, next_status
from casework.words import TEXT_LIMIT, words_of
from dossier.drafts import drop_draft
from dossier.notices import tell_reporter_reply
from dossier.rows import keep_message, report_key
from models.choices import Speaker
from models.report import Report
from organisation.house import House
from vault.log import record

HELD = timedelta(minutes=2)


async def reply(
    number: str, *, text: str, by: Viewer, house: House, careful: str = "", hold: str = "", together: str = ""
) -> None:
    """With `careful` a text that betrays something is held back once; with `hold` it leaves after two minutes;
    with `together` it goes to the reporters of what is linked, too.

    Raises `FieldWrong` (`TextBetrays`), `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then.
    """
    text = words_of(text, field="text", limit=TEXT_LIMIT, missing=texts.TEXT_MISSING)
    at = house.clock.now()
    leaves_at = at + HELD if hold else None
    async with in_transaction():
        reports = await locked_together(number, together=together, by=by)
        send = partial(
            _send, text=text, is_careful=bool(careful), leaves_at=leaves_at, by=by, house=house, at=at
        )
        await do_each(reports, starts=TABLE["reply"].starts, do=send)
        await drop_draft("reply", report=reports[0], staff_id=by.staff_id)
    await house.coordination.wake("outbox")


async def _send(
    report: Report,
    is_told: bool,
    *,
    text: str,
    is_careful: bool,
    leaves_at: datetime | None,
    by: Viewer,
    house: House,
    at: datetime,
) -> None:
    next_status("reply", status=report.status, role=by.role)
    key = report_key(report, house=house)
    if is_careful:
        hold_back(text, report=report, key=key, house=house)
    message = await keep_message(
        report, key=key, text=text, speaker=Speaker.STAFF, at=at, staff_id=by.staff_id, leaves_at=leaves_at
    )
    if is_told:
        await tell_reporter_reply(report, message=message, key=key, house=house, at=at, leaves_at=leaves_at)
    await record("report.reply", by=by.actor, at=at, report_id=report.id, object_id=message.id)
