"""Voices that came with a report, and the words staff heard in them."""

from models.attachment import Attachment
from models.choices import AttachmentKind, AttachmentStatus
from models.message import Message
from models.report import Report

LONGEST_ID = 22


async def voice_of(report: Report, *, attachment_id: str) -> Attachment | None:
    """One that can be listened to."""
    found = Attachment.filter(report_id=report.id, kind=AttachmentKind.VOICE, status=AttachmentStatus.STORED)
    return await found.get_or_none(id=attachment_id[:LONGEST_ID])


async def keep_words(voice: Attachment, *, message: Message) -> None:
    await Attachment.filter(id=voice.id).update(words_id=message.id)
