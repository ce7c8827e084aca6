"""给予保护: the leader arranges protection for a reporter who asked for it (Rules art. 49), and tells them what."""

from tortoise.transactions import in_transaction

from access.reports import lock_report
from access.viewer import Viewer
from casework import texts
from casework.errors import TransitionNotAllowed
from casework.transitions import next_status
from casework.words import TEXT_LIMIT, words_of
from dossier.notices import tell_reporter_reply
from dossier.rows import keep_message, report_key
from models.choices import Speaker
from models.report import Report
from organisation.house import House
from vault.log import record


async def protect(number: str, *, text: str, by: Viewer, house: House) -> None:
    """Once for each asking, also after the matter is closed: retaliation does not wait.

    Raises `FieldWrong`, `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then.
    """
    text = words_of(text, field="text", limit=TEXT_LIMIT, missing=texts.PROTECTION_MISSING)
    at = house.clock.now()
    async with in_transaction():
        report = await lock_report(by, number=number)
        next_status("protect", status=report.status, role=by.role)
        if not waits_for_protection(report):
            raise TransitionNotAllowed(texts.NO_PROTECTION_ASKED)
        report.protected_at = at
        await report.save(update_fields=["protected_at"])
        key = report_key(report, house=house)
        message = await keep_message(
            report,
            key=key,
            text=texts.PROTECTED.format(text=text),
            speaker=Speaker.STAFF,
            at=at,
            staff_id=by.staff_id,
        )
        await tell_reporter_reply(report, message=message, key=key, house=house, at=at)
        await record("report.protect", by=by.actor, at=at, report_id=report.id, object_id=message.id)
    await house.coordination.wake("outbox")


def waits_for_protection(report: Report) -> bool:
    """Asked, and not granted since."""
    asked, granted = report.protection_asked_at, report.protected_at
    return asked is not None and (granted is None or granted < asked)
