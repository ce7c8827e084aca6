"""Photos and voices, seen by whoever sees their report."""

from datetime import datetime

from access.predicate import PARAMETERS, readable, viewer_values
from access.viewer import Viewer
from clients.database import rows
from models.attachment import Attachment
from models.errors import DomainError
from vault.log import record


class AttachmentNotFound(DomainError):
    """There is no such attachment for this viewer: hidden and absent look the same."""

    key = "attachment-not-found"
    message = "没有找到这个附件。"


async def open_attachment(viewer: Viewer, *, attachment_id: str, at: datetime) -> Attachment:
    """Raises `AttachmentNotFound`; the read is an event (Rules art. 52)."""
    sql = f"""SELECT t.id FROM attachment t JOIN report r ON r.id = t.report_id
      WHERE t.id = ${PARAMETERS + 1} AND {readable(viewer)}"""
    if not await rows(sql, *viewer_values(viewer), attachment_id):
        raise AttachmentNotFound
    attachment = await Attachment.get(id=attachment_id)
    await record(
        "attachment.read", by=viewer.actor, at=at, report_id=attachment.report_id, object_id=attachment.id
    )
    return attachment
