"""The one style sheet, the one script and the sign in the browser tab."""

from aiohttp import web

from console.callers import Caller, allowed
from console.pages import STATIC

TYPES = {"console.css": "text/css", "console.js": "text/javascript", "icon.svg": "image/svg+xml"}
A_YEAR = "public, max-age=31536000, immutable"
CONTENT = {name: (STATIC / name).read_bytes() for name in TYPES}


@allowed(Caller.PUBLIC)
async def show_file(request: web.Request) -> web.StreamResponse:
    name = request.match_info["name"]
    if name not in TYPES:
        raise web.HTTPNotFound
    return web.Response(
        body=CONTENT[name],
        content_type=TYPES[name],
        charset="utf-8",
        headers={"Cache-Control": A_YEAR},
    )
