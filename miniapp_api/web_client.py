"""/m/: the mini-program's functions for any phone's browser; a few small files, read once, nothing from elsewhere."""

import gzip
import re
from pathlib import Path
from typing import Final

from aiohttp import web

FOLDER: Final = Path(__file__).parent / "web"
FILES: Final = {
    "": ("index.html", "text/html"),
    "app.css": ("app.css", "text/css"),
    "app.js": ("app.js", "text/javascript"),
    "api.js": ("api.js", "text/javascript"),
    "following.js": ("following.js", "text/javascript"),
    "keeping.js": ("keeping.js", "text/javascript"),
    "liaison.css": ("liaison.css", "text/css"),
    "liaison.html": ("liaison.html", "text/html"),
    "liaison.js": ("liaison.js", "text/javascript"),
    "mine.js": ("mine.js", "text/javascript"),
    "place.js": ("place.js", "text/javascript"),
    "privacy.js": ("privacy.js", "text/javascript"),
    "published.js": ("published.js", "text/javascript"),
    "rectified.js": ("rectified.js", "text/javascript"),
    "smaller.js": ("smaller.js", "text/javascript"),
    "survey.js": ("survey.js", "text/javascript"),
    "voice.js": ("voice.js", "text/javascript"),
    "icon.svg": ("icon.svg", "image/svg+xml"),
    "texts.js": ("texts.js", "text/javascript"),
}
HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src blob:;"
        " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "geolocation=(self), microphone=(self), camera=(self)",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
    "Vary": "Accept-Encoding",
}
FIRST: Final = frozenset(["", *"app.css app.js api.js icon.svg keeping.js published.js texts.js".split()])
LATER: Final = FILES.keys() - FIRST
"""Fetched when somebody opens that part, or the page of a liaison; the others are the first page."""
_INDENT: Final = re.compile(rb"^ +", re.MULTILINE)
# indentation is for who reads the files here: a tenth of them, and no string of theirs spans lines
_READ: Final = {name: _INDENT.sub(b"", (FOLDER / file).read_bytes()) for name, (file, _) in FILES.items()}
_PACKED: Final = {name: gzip.compress(content, 9) for name, content in _READ.items()}


def add_web_client(app: web.Application) -> None:
    app.router.add_get("/m", _move)
    app.router.add_get("/m/{name:[a-z.]*}", _show)


async def _move(request: web.Request) -> web.Response:
    raise web.HTTPFound(request.rel_url.with_path("/m/").with_query(request.rel_url.query))


async def _show(request: web.Request) -> web.Response:
    name = request.match_info["name"]
    if name not in FILES:
        raise web.HTTPNotFound(headers=HEADERS)
    is_packed = "gzip" in request.headers.get("Accept-Encoding", "")
    return web.Response(
        body=(_PACKED if is_packed else _READ)[name],
        content_type=FILES[name][1],
        charset="utf-8",
        headers=HEADERS | ({"Content-Encoding": "gzip"} if is_packed else {}),
    )
