"""Photos and voices of the caller: sent, shown again, and heard."""

import asyncio
from typing import Final

from aiohttp import web
from tortoise.transactions import in_transaction

from access.attachments import AttachmentNotFound
from access.own import own_attachment
from clients.amr import RATE, VoiceUnplayable, sound_of
from clients.media import MediaGone
from intake.attachments import AttachmentNotReady, keep, read_attachment
from intake.cleaning import Cleaned, clean
from intake.photos import FileKindUnknown, PhotoDamaged, PhotoIsHeic, PhotoTooManyPixels
from intake.unfiled import HOUR_SECONDS, has_room, is_too_much
from intake.voices import AMR_TYPE, MP3_TYPE, WAV_TYPE, VoiceDamaged, VoiceTooLong, wav_of
from miniapp_api import shapes
from miniapp_api.errors import SoundUnplayable, TooMany, UploadsFull
from miniapp_api.limits import spend
from miniapp_api.operations import SIGNED_IN, Call, operation
from miniapp_api.problems import HEADERS
from miniapp_api.texts import TOO_MANY_FILES
from models.attachment import Attachment
from models.choices import AttachmentKind
from organisation.tries import far_source_name

CAREFUL = {"Content-Disposition": "inline", "Content-Security-Policy": "sandbox; default-src 'none'"}

REFUSED = (
    FileKindUnknown,
    PhotoDamaged,
    PhotoIsHeic,
    PhotoTooManyPixels,
    VoiceDamaged,
    VoiceTooLong,
)
ONE_AT_A_TIME: Final = asyncio.Semaphore(1)
"""Of two voices decoded at once one is always left to staff; phones wait for the other."""
WAITING_SECONDS: Final = 20.0


async def clean_file(call: Call) -> Cleaned:
    """Where there is no room nothing is unpacked; what a source sent is counted as it will be kept."""
    if not await has_room():
        raise UploadsFull
    cleaned = await clean(call.file)
    source = far_source_name(call.request)
    if await is_too_much(source, size=len(cleaned.content), house=call.house):
        raise TooMany(TOO_MANY_FILES, retry_after=HOUR_SECONDS)
    return cleaned


@operation(
    "POST",
    "/attachments",
    who=SIGNED_IN,
    answer=shapes.StoredAttachment,
    status=201,
    takes_file=True,
    creates=True,
    prepare=clean_file,
    refuses=(*REFUSED, TooMany, UploadsFull),
)
async def upload(call: Call) -> shapes.StoredAttachment:
    await spend(call.session, house=call.house)
    kept = await keep(call.prepared, house=call.house, session_index=call.session.person_index)
    return shapes.StoredAttachment(id=kept.id)


@operation(
    "GET",
    "/attachments/{id}",
    who=SIGNED_IN,
    answer=None,
    kinds=("image/jpeg", AMR_TYPE, MP3_TYPE, WAV_TYPE, "video/mp4"),
    refuses=(AttachmentNotFound, AttachmentNotReady, MediaGone),
)
async def show(call: Call) -> web.Response:
    attachment = await _own(call)
    content = await read_attachment(attachment, house=call.house)
    return web.Response(body=content, content_type=attachment.content_type, headers=HEADERS | CAREFUL)


@operation(
    "GET",
    "/attachments/{id}/sound",
    who=SIGNED_IN,
    answer=None,
    kinds=(WAV_TYPE, MP3_TYPE),
    refuses=(AttachmentNotFound, AttachmentNotReady, MediaGone, SoundUnplayable, TooMany),
)
async def play(call: Call) -> web.Response:
    """A voice in a form that browsers play; one of the chat is decoded for it, and counts as a message."""
    attachment = await _own(call)
    if attachment.kind is not AttachmentKind.VOICE:
        raise AttachmentNotFound
    content, kind = await read_attachment(attachment, house=call.house), attachment.content_type
    if kind == AMR_TYPE:
        async with in_transaction():
            await spend(call.session, house=call.house)
        content, kind = wav_of(await _heard(content), rate=RATE), WAV_TYPE
    return web.Response(body=content, content_type=kind, headers=HEADERS | CAREFUL)


async def _heard(content: bytes) -> bytes:
    try:
        async with asyncio.timeout(WAITING_SECONDS), ONE_AT_A_TIME:
            return await sound_of(content)
    except (TimeoutError, VoiceUnplayable):
        raise SoundUnplayable from None


async def _own(call: Call) -> Attachment:
    session = call.session
    return await own_attachment(
        attachment_id=call.part("id"),
        person_index=session.person_index,
        receipt_report_id=session.report_id,
    )
