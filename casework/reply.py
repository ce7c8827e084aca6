"""回复: words of the body to the reporter, carried to where they reported from."""

from tortoise.transactions import in_transaction

from access.reports import lock_report
from access.viewer import Viewer
from casework import texts
from casework.errors import FieldWrong
from casework.notices import tell_reporter_reply
from casework.transitions import next_status
from dossier.rows import keep_message, report_key
from models.choices import Speaker
from organisation.house import House
from vault.log import record

TEXT_LIMIT = 500


async def reply(number: str, *, text: str, by: Viewer, house: House) -> None:
    """Raises `FieldWrong`, `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then."""
    text = checked(text)
    at = house.clock.now()
    async with in_transaction():
        report = await lock_report(by, number=number)
        next_status("reply", status=report.status, role=by.role)
        key = report_key(report, house=house)
        message = await keep_message(
            report, key=key, text=text, speaker=Speaker.STAFF, at=at, staff_id=by.staff_id
        )
        await tell_reporter_reply(report, message=message, key=key, house=house, at=at)
        await record("report.reply", by=by.actor, at=at, report_id=report.id, object_id=message.id)
    await house.coordination.wake("outbox")


def checked(text: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise FieldWrong("text", texts.TEXT_MISSING)
    if len(text) > TEXT_LIMIT:
        raise FieldWrong("text", texts.TEXT_TOO_LONG.format(limit=TEXT_LIMIT, length=len(text)))
    return text
