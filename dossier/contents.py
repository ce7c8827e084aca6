"""What hangs on a report that was opened: for whoever `access` let in, their door hands in the report itself."""

from collections.abc import Sequence

from models.attachment import Attachment
from models.choices import Speaker
from models.decision import RoutingDecision
from models.message import Message
from models.outbox import OutboxNotice
from models.report import Report


async def messages_of(report: Report) -> Sequence[Message]:
    """In the order said, each with the member of staff who wrote it."""
    return await Message.filter(report_id=report.id).order_by("said_at", "id").select_related("staff")


async def latest_reply(report: Report) -> Message | None:
    return await Message.filter(report_id=report.id, speaker=Speaker.STAFF).order_by("-said_at").first()


async def attachments_of(report: Report) -> dict[str, list[Attachment]]:
    """By the id of the message they came with."""
    found: dict[str, list[Attachment]] = {}
    for row in await Attachment.filter(report_id=report.id).order_by("created_at", "id"):
        found.setdefault(row.message_id or "", []).append(row)
    return found


async def notices_of(report: Report) -> dict[str, OutboxNotice]:
    """How each message went out, by its id."""
    found = await OutboxNotice.filter(report_id=report.id, message_id__isnull=False)
    return {notice.message_id: notice for notice in found if notice.message_id is not None}


async def decisions_of(report: Report) -> Sequence[RoutingDecision]:
    """The newest first, each with whoever named the body."""
    decisions = RoutingDecision.filter(report_id=report.id).order_by("-decided_at", "-id")
    return await decisions.select_related("by")
