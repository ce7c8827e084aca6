"""Photos and voices, unsealed for whoever sees their report, and kept from doing anything in the browser."""

from aiohttp import web

from access.attachments import open_attachment
from console.callers import Caller, allowed
from console.reports import viewer_of
from intake.attachments import read_attachment
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
    house = request.config_dict[HOUSE]
    attachment = await open_attachment(
        viewer_of(request), attachment_id=request.match_info["id"], at=house.clock.now()
    )
    content = await read_attachment(attachment, house=house)
    kind = attachment.content_type
    ending = SHOWN.get(kind) or KEPT.get(kind)
    manner = "inline" if kind in SHOWN else "attachment"
    return web.Response(
        body=content,
        content_type=kind if ending else "application/octet-stream",
        headers={
            "Content-Security-Policy": SANDBOX,
            "Content-Disposition": f'{manner}; filename="{attachment.id}.{ending or "bin"}"',
        },
    )
