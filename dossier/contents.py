"""What hangs on a report that was opened: for whoever `access` let in, their door hands in the report itself."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from clients.finding import Wanted, find_together
from models.attachment import Attachment
from models.choices import Speaker
from models.message import Message
from models.outbox import OutboxNotice
from models.report import Report

UNSEEN: Final = (Speaker.LIAISON, Speaker.VOICE)


async def all_said(report: Report) -> tuple[Sequence[Message], Mapping[str, Sequence[str]]]:
    """In the order said, with the ids of the files of each message."""
    said, files = await find_together(
        Wanted(Message, "report_id", report.id), Wanted(Attachment, "report_id", report.id)
    )
    ids = {message: [row.id for row in of] for message, of in by_message(files).items()}
    return sorted(said, key=lambda message: (message.said_at, message.id)), ids


def told_to_reporter(said: Iterable[Message], *, at: datetime) -> Sequence[Message]:
    """What was said, without replies that have not left yet or never will."""
    return [message for message in said if has_left(message, at=at)]


async def latest_reply(report: Report, *, at: datetime) -> Message | None:
    said = await Message.filter(report_id=report.id, speaker=Speaker.STAFF).order_by("-said_at")
    return next((message for message in said if has_left(message, at=at)), None)


def has_left(message: Message, *, at: datetime) -> bool:
    """Whether the reporter sees it; what liaisons answered and what staff typed they never do."""
    if message.speaker in UNSEEN:
        return False
    return message.withdrawn_at is None and (message.leaves_at is None or message.leaves_at <= at)


async def held_message(report: Report, *, message_id: str, at: datetime) -> Message | None:
    """A reply that can still be withdrawn."""
    held = Message.filter(report_id=report.id, id=message_id, withdrawn_at__isnull=True)
    return await held.get_or_none(leaves_at__gt=at)


async def double_of(message: Message, *, report: Report) -> Message | None:
    """What was said under another report in the same breath."""
    same = {"said_at": message.said_at, "leaves_at": message.leaves_at, "staff_id": message.staff_id}
    return await Message.get_or_none(report_id=report.id, withdrawn_at__isnull=True, **same)


async def mark_read(said: Iterable[Message]) -> None:
    """The reporter has them before their eyes."""
    unread = [message.id for message in said if message.speaker is not Speaker.ME and not message.is_read]
    if unread:
        await Message.filter(id__in=unread).update(is_read=True)


def by_message(files: Iterable[Attachment]) -> Mapping[str, Sequence[Attachment]]:
    """By the id of the message they came with, in the order they came."""
    found: dict[str, list[Attachment]] = {}
    for row in sorted(files, key=lambda row: (row.created_at, row.id)):
        found.setdefault(row.message_id or "", []).append(row)
    return found


def carried_by(notices: Iterable[OutboxNotice]) -> Mapping[str, OutboxNotice]:
    """How each message went out, by its id."""
    return {notice.message_id: notice for notice in notices if notice.message_id is not None}
