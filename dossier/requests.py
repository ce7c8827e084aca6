"""回避请求: what a reporter asked, who may read it, and that it was answered.

Whoever is meant may be cleared later, when a request was refused or nobody recognised them in it. So it is read by
leaders while they have to decide, and afterwards by nobody but the one who did (docs/decisions/0020).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from models.choices import Role
from models.message import Message
from models.recusal_request import RecusalRequest
from models.report import Report
from vault.keys import DataKey


async def requests_of(report: Report) -> Sequence[RecusalRequest]:
    """In the order asked."""
    return await RecusalRequest.filter(report_id=report.id).order_by("asked_at", "id")


async def pending_requests(report: Report) -> Sequence[RecusalRequest]:
    return [asked for asked in await requests_of(report) if asked.settled_at is None]


def may_read(asked: RecusalRequest, *, role: str, staff_id: int) -> bool:
    return role == Role.LEADER if asked.settled_at is None else asked.settled_by_id == staff_id


def unread_messages(requests: Iterable[RecusalRequest], *, role: str, staff_id: int) -> set[str | None]:
    """Ids of the messages that this member of staff must not read, although the report is theirs to read."""
    closed = [asked for asked in requests if not may_read(asked, role=role, staff_id=staff_id)]
    return {asked.message_id for asked in closed} | {asked.answer_id for asked in closed}


async def in_words(asked: Sequence[RecusalRequest], *, key: DataKey) -> list[tuple[str, str]]:
    """Each by its id, with what the reporter wrote."""
    said = await Message.in_bulk([each.message_id for each in asked], "id")
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
