"""回避请求: what a reporter asked, who may read it, and that it was answered.

Whoever is meant may be cleared later, when a request was refused or nobody recognised them in it. So it is read by
leaders while they have to decide, and afterwards by nobody but the one who did (docs/decisions/0020).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from access.viewer import Viewer
from clients.finding import Wanted, find_together
from models.choices import Role
from models.message import Message
from models.recusal_request import RecusalRequest
from models.report import Report
from vault.keys import DataKey


async def pending_requests(report: Report) -> Sequence[RecusalRequest]:
    """In the order asked."""
    (found,) = await find_together(Wanted(RecusalRequest, "report_id", report.id, by=("asked_at", "id")))
    return pending_in(found)


def pending_in(requests: Iterable[RecusalRequest]) -> Sequence[RecusalRequest]:
    return [asked for asked in requests if asked.settled_at is None]


def decides_requests(report: Report, *, viewer: Viewer) -> bool:
    """A leader of the owning body; a body that only approves a proposal has no part in it."""
    return viewer.role == Role.LEADER and viewer.body_code == report.owner_id


def unread_messages(report: Report, requests: Iterable[RecusalRequest], *, viewer: Viewer) -> set[str | None]:
    """Ids of the messages that this member of staff must not read, although the report is theirs to read."""
    decides = decides_requests(report, viewer=viewer)
    closed = [
        asked
        for asked in requests
        if not (decides if asked.settled_at is None else asked.settled_by_id == viewer.staff_id)
    ]
    return {asked.message_id for asked in closed} | {asked.answer_id for asked in closed}


def in_words(
    asked: Iterable[RecusalRequest], *, messages: Iterable[Message], key: DataKey
) -> list[tuple[str, str]]:
    """Each by its id, with what the reporter wrote."""
    said = {message.id: message for message in messages}
    return [
        (each.id, key.open_text(said[each.message_id].sealed_text, place=f"message:{each.message_id}:text"))
        for each in asked
    ]


async def settle(
    asked: RecusalRequest, *, is_granted: bool, answer: Message, by_id: int, at: datetime
) -> None:
    asked.is_granted = is_granted
    asked.answer_id = answer.id
    asked.settled_by_id = by_id
    asked.settled_at = at
    await asked.save(update_fields=["is_granted", "answer_id", "settled_by_id", "settled_at"])
