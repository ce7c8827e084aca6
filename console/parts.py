"""The part of a file that a player asks for, so that one can jump within a recording (RFC 9110, section 14)."""

from collections.abc import Mapping

from aiohttp import web


def answer_with(
    request: web.Request, content: bytes, *, content_type: str, headers: Mapping[str, str]
) -> web.Response:
    """All of it, or the one part asked for; what is no such wish is passed over."""
    asked, size = _asked(request), len(content)
    if asked is None:
        headers = {**headers, "Accept-Ranges": "bytes"}
        return web.Response(body=content, content_type=content_type, headers=headers)
    first, end, _ = asked.indices(size)
    if first >= end:
        # not raised: a refusal in words would leave the length out
        return web.Response(status=416, headers={"Content-Range": f"bytes */{size}"})
    headers = {**headers, "Accept-Ranges": "bytes", "Content-Range": f"bytes {first}-{end - 1}/{size}"}
    return web.Response(status=206, body=content[first:end], content_type=content_type, headers=headers)


def _asked(request: web.Request) -> slice | None:
    try:
        asked = request.http_range
    except ValueError:
        return None
    return None if asked.start is None else asked
