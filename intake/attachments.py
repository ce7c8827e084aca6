"""Attachments: cleaned and sealed under a key of their own; `intake.linking` binds them to a report."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from tortoise.transactions import in_transaction

from intake.cleaning import Cleaned, clean
from models.attachment import Attachment
from models.choices import AttachmentKind, AttachmentStatus
from models.errors import DomainError
from models.fields import new_id
from models.photo_mark import PhotoMark
from models.report import Report
from organisation.house import House
from vault.keys import DataKey

KEEP_UNFILED: Final = timedelta(days=3)


class AttachmentUnknown(DomainError):
    """Not there, somebody else's, or already part of a report: all look the same."""

    key = "attachment-unknown"
    message = "有一个附件找不到了，请重新添加照片或语音。"


class AttachmentNotReady(DomainError):
    key = "attachment-not-ready"
    message = "这个附件还没有保存好，请稍后再看。"


async def store_upload(
    content: bytes, *, house: House, session_index: str | None = None, conversation_id: str | None = None
) -> Attachment:
    """Keeps a file somebody sent us directly; raises `AttachmentRefused` and then nothing is kept."""
    return await keep(
        await clean(content), house=house, session_index=session_index, conversation_id=conversation_id
    )


async def keep(
    cleaned: Cleaned, *, house: House, session_index: str | None = None, conversation_id: str | None = None
) -> Attachment:
    attachment_id = new_id()
    key, wrapped = house.vault.new_key(place=f"attachment:{attachment_id}:key")
    await house.media.put(attachment_id, key.seal(cleaned.content, place=f"attachment:{attachment_id}:media"))
    async with in_transaction():
        kept = await Attachment.create(
            id=attachment_id,
            conversation_id=conversation_id,
            session_index=session_index,
            kind=cleaned.kind,
            status=AttachmentStatus.STORED,
            content_type=cleaned.content_type,
            size=len(cleaned.content),
            seconds=cleaned.seconds,
            data_key=wrapped,
            created_at=house.clock.now(),
        )
        await _mark(kept, cleaned.bands, house=house)
    return kept


async def _mark(attachment: Attachment, bands: Sequence[str], *, house: House) -> None:
    """Written once, so that another copy of the photo finds it."""
    await PhotoMark.bulk_create(
        PhotoMark(attachment_id=attachment.id, mark=house.vault.index("photo", band)) for band in bands
    )


async def expect_media(
    media_id: str, *, kind: AttachmentKind, house: House, conversation_id: str
) -> Attachment:
    """Notes a file that WeChat holds for three days; wake "media" after the commit."""
    attachment_id, at = new_id(), house.clock.now()
    key, wrapped = house.vault.new_key(place=f"attachment:{attachment_id}:key")
    return await Attachment.create(
        id=attachment_id,
        conversation_id=conversation_id,
        kind=kind,
        status=AttachmentStatus.WAITING,
        data_key=wrapped,
        sealed_source=key.seal_text(media_id, place=f"attachment:{attachment_id}:source"),
        next_at=at,
        created_at=at,
    )


async def fill(attachment: Attachment, content: bytes, *, house: House) -> bool:
    """Keeps what was fetched; False when the attachment was filled or given up meanwhile.

    Raises `AttachmentRefused`. The draft may be filed while this runs: that wraps the attachment's key anew
    and leaves the key itself and the columns written here alone.
    """
    cleaned = await clean(content, may_be_video=True)
    key = await attachment_key(attachment, house=house)
    await house.media.put(attachment.id, key.seal(cleaned.content, place=f"attachment:{attachment.id}:media"))
    async with in_transaction():
        is_filled = await Attachment.filter(id=attachment.id, status=AttachmentStatus.WAITING).update(
            kind=cleaned.kind,
            status=AttachmentStatus.STORED,
            content_type=cleaned.content_type,
            size=len(cleaned.content),
            seconds=cleaned.seconds,
            sealed_source=None,
            next_at=None,
            lease_until=None,
            reason="",
        )
        if is_filled:
            await _mark(attachment, cleaned.bands, house=house)
    return bool(is_filled)


def _is_of(attachment: Attachment, conversation_id: str | None, session_index: str | None) -> bool:
    by_chat = conversation_id is not None and attachment.conversation_id == conversation_id
    by_session = session_index is not None and attachment.session_index == session_index
    return by_chat or by_session


async def attachment_key(
    attachment: Attachment, *, house: House, report_key: DataKey | None = None
) -> DataKey:
    """`report_key` saves a look at the report when the caller has it open anyway."""
    place = f"attachment:{attachment.id}:key"
    if not attachment.is_under_report:
        return house.vault.key(attachment.data_key, place=place)
    if report_key is None:
        report = await Report.get(id=attachment.report_id)
        report_key = house.vault.key(report.data_key, place=f"report:{report.id}:key")
    return DataKey(report_key.open(bytes(attachment.data_key), place=place))


async def read_attachment(
    attachment: Attachment, *, house: House, report_key: DataKey | None = None
) -> bytes:
    """Raises `AttachmentNotReady`, `MediaGone` or `SealBroken`; noting the read is the caller's."""
    if attachment.status is not AttachmentStatus.STORED:
        raise AttachmentNotReady
    key = await attachment_key(attachment, house=house, report_key=report_key)
    return key.open(await house.media.get(attachment.id), place=f"attachment:{attachment.id}:media")


async def discard(
    ids: Sequence[str], *, conversation_id: str | None = None, session_index: str | None = None
) -> list[str]:
    """Destroys what a person sent and did not file; ids of others are passed over. Answers those that went.

    The row goes, and with it the only key to the file: that is noise from then on. Whoever is in no transaction that
    could be undone, and then keep a row without its file, drops it at once (`drop_files`); otherwise `intake.sweeping`
    removes it.
    """
    gone = []
    for attachment in await Attachment.filter(id__in=list(ids), report_id__isnull=True):
        if _is_of(attachment, conversation_id, session_index):
            await Attachment.filter(id=attachment.id, report_id__isnull=True).delete()
            gone.append(attachment.id)
    return gone


async def drop_files(ids: Sequence[str], *, house: House) -> None:
    for name in ids:
        await house.media.drop(name)


async def discard_unfiled(
    *, conversation_id: str | None = None, session_index: str | None = None
) -> list[str]:
    """All a person sent in the chat, or uploaded through the API, and never filed; as `discard`."""
    whose = {"conversation_id": conversation_id} if conversation_id else {"session_index": session_index}
    unfiled = await Attachment.filter(**whose, report_id__isnull=True)
    return await discard(
        [row.id for row in unfiled], conversation_id=conversation_id, session_index=session_index
    )


async def discard_forgotten(*, house: House) -> int:
    """What was uploaded through the API days ago and never filed; answers how many files went."""
    before = house.clock.now() - KEEP_UNFILED
    forgotten = await Attachment.filter(
        session_index__isnull=False, report_id__isnull=True, created_at__lt=before
    ).limit(500)
    for row in forgotten:
        await drop_files(await discard([row.id], session_index=row.session_index), house=house)
    return len(forgotten)


__all__ = [
    "AttachmentNotReady",
    "AttachmentUnknown",
    "attachment_key",
    "discard",
    "discard_forgotten",
    "discard_unfiled",
    "drop_files",
    "expect_media",
    "fill",
    "keep",
    "read_attachment",
    "store_upload",
]
