"""Temporary media: up and down."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from wechat_standin.errors import ApiError
from wechat_standin.gate import Ask, api_route
from wechat_standin.uploaded import file_in

MEGABYTE = 1024 * 1024
LARGEST = {"image": 10 * MEGABYTE, "voice": 2 * MEGABYTE, "video": 10 * MEGABYTE, "thumb": 64 * 1024}
TOO_LARGE = {"image": 40009, "voice": 40010, "video": 40011, "thumb": 40012}


async def upload(ask: Ask) -> dict[str, Any]:
    kind = ask.query.get("type", "")
    if kind not in LARGEST:
        raise ApiError(40004)
    if not ask.request.content_type.startswith("multipart/"):
        raise ApiError(41005)
    part = await file_in(ask.request, "media")
    if part is None:
        raise ApiError(41005)
    data = part.content
    ask.body = {"media": {"filename": part.filename, "bytes": len(data)}}
    if not data:
        raise ApiError(44001, "empty media data")
    if len(data) > LARGEST[kind]:
        raise ApiError(TOO_LARGE[kind], f"invalid {kind} size")
    media = ask.standin.media.add(kind=kind, data=data, content_type=part.content_type, name=part.filename)
    return {"type": kind, "media_id": media.media_id, "created_at": int(media.created_at)}


async def download(ask: Ask) -> dict[str, Any] | web.Response:
    media = ask.standin.media.get(ask.query.get("media_id"))
    if media.kind == "video":
        return {"video_url": ask.standin.file_url(media.media_id)}
    return web.Response(
        body=media.data,
        content_type=media.content_type,
        headers={"Content-Disposition": f'attachment; filename="{media.media_id[:16]}"'},
    )


ROUTES = [
    api_route("/cgi-bin/media/upload", upload, needs="any"),
    api_route("/cgi-bin/media/get", download, needs="any", method="GET"),
]
