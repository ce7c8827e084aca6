"""Photos and voices, unsealed for whoever sees their report, and kept from doing anything in the browser."""

from aiohttp import web

from access.attachments import open_attachment
from clients.amr import RATE, sound_of
from console.callers import Caller, allowed
from console.parts import answer_with
from console.reports import viewer_of
from intake.attachments import read_attachment
from intake.voices import AMR_TYPE, WAV_TYPE, wav_of
from models.attachment import Attachment
from organisation.house import HOUSE

SHOWN = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/aac": "aac",
    "audio/wav": "wav",
    "audio/ogg": "ogg",
    "video/mp4": "mp4",
}
KEPT = {"audio/amr": "amr", "audio/x-speex": "speex"}
SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


@allowed(Caller.READER)
async def show_attachment(request: web.Request) -> web.StreamResponse:
    attachment, content = await _opened(request)
    kind = attachment.content_type
    ending = SHOWN.get(kind) or KEPT.get(kind)
    manner = "inline" if kind in SHOWN else "attachment"
    return answer_with(
        request,
        content,
        content_type=kind if ending else "application/octet-stream",
        headers={
            "Content-Security-Policy": SANDBOX,
            "Content-Disposition": f'{manner}; filename="{attachment.id}.{ending or "bin"}"',
        },
    )


@allowed(Caller.READER)
async def play_voice(request: web.Request) -> web.StreamResponse:
    """A voice as WeChat gave it, in a form that browsers play; to open it is to read it."""
    attachment, content = await _opened(request)
    if attachment.content_type != AMR_TYPE:
        raise web.HTTPNotFound
    sound = wav_of(await sound_of(content), rate=RATE)
    headers = {"Content-Security-Policy": SANDBOX, "Content-Disposition": "inline"}
    return answer_with(request, sound, content_type=WAV_TYPE, headers=headers)


async def _opened(request: web.Request) -> tuple[Attachment, bytes]:
    house = request.config_dict[HOUSE]
    attachment = await open_attachment(
        viewer_of(request), attachment_id=request.match_info["id"], at=house.clock.now()
    )
    return attachment, await read_attachment(attachment, house=house)
