"""撤回回复: a reply that has not left yet does not leave; it stays on file, and its words become a draft again.

What was sent together is withdrawn together.
"""

from datetime import datetime

from tortoise.transactions import in_transaction

from access.viewer import Viewer
from casework import texts
from casework.errors import FieldWrong
from casework.together import locked_together
from casework.transitions import next_status
from delivery.outbox import cancel
from dossier.contents import double_of, held_message
from dossier.drafts import drafts_of, keep_draft
from dossier.rows import report_key
from models.choices import Role
from models.message import Message
from models.report import Report
from organisation.house import House
from vault.keys import DataKey
from vault.log import record


async def take_back(number: str, *, message: str, by: Viewer, house: House) -> None:
    """By whoever wrote it, or the leader. Raises `FieldWrong`, `ReportNotFound` or `TransitionNotAllowed`."""
    at = house.clock.now()
    async with in_transaction():
        report, *linked = await locked_together(number, together="yes", by=by)
        next_status("take-back", status=report.status, role=by.role)
        held = await _held(report, message=message, by=by, at=at)
        await _withdraw(held, at=at)
        for other in linked:
            await _withdraw_double(other, held, by=by, at=at)
        key = report_key(report, house=house)
        if held.staff_id == by.staff_id:
            words = key.open_text(bytes(held.sealed_text), place=f"message:{held.id}:text")
            await _begin_again(report, words=words, key=key, by=by, house=house, at=at)
        await record("report.take-back", by=by.actor, at=at, report_id=report.id, object_id=held.id)


async def _begin_again(
    report: Report, *, words: str, key: DataKey, by: Viewer, house: House, at: datetime
) -> None:
    """Unless something else was begun meanwhile."""
    if "reply" not in await drafts_of(report, key=key, staff_id=by.staff_id):
        await keep_draft("reply", {"text": words}, report=report, staff_id=by.staff_id, house=house, at=at)


async def _withdraw(held: Message, *, at: datetime) -> None:
    held.withdrawn_at = at
    await held.save(update_fields=["withdrawn_at"])


async def _withdraw_double(report: Report, of: Message, *, by: Viewer, at: datetime) -> None:
    double = await double_of(of, report=report)
    if double is not None:
        # whoever reported twice is told once: there may be nothing to stop
        await cancel(double.id, at=at)
        await _withdraw(double, at=at)
        await record("report.take-back", by=by.actor, at=at, report_id=report.id, object_id=double.id)


async def _held(report: Report, *, message: str, by: Viewer, at: datetime) -> Message:
    held = await held_message(report, message_id=message, at=at)
    is_theirs = held is not None and (held.staff_id == by.staff_id or by.role == Role.LEADER)
    if held is None or not is_theirs or not await cancel(held.id, at=at):
        raise FieldWrong("message", texts.LEFT_ALREADY)
    return held
