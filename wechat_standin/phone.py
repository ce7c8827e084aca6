"""The phone in the browser: its page, its files, its live stream, and the page that shows the record."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import jinja2
from aiohttp import web

from wechat_standin import texts
from wechat_standin.control import describe
from wechat_standin.errors import ControlError
from wechat_standin.gate import STANDIN

HERE = Path(__file__).parent
PAGES = jinja2.Environment(loader=jinja2.FileSystemLoader(HERE / "templates"), autoescape=True)
SHANGHAI = timezone(timedelta(hours=8))
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data: http: https:; object-src 'none'",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}
BEAT_SECONDS = 15.0
SHOWN = 200

Queue = asyncio.Queue[tuple[str, dict[str, Any]]]


class Watching:
    """The open streams of one application."""

    def __init__(self) -> None:
        self.queues: set[Queue] = set()


WATCHING = web.AppKey("watching", Watching)


async def page(request: web.Request) -> web.Response:
    return _page("phone.html", account=describe(request.app[STANDIN])["account"])


async def scanned_link(request: web.Request) -> web.Response:
    """A code's own link, opened on a computer: the phone, with that code in its scanner."""
    raise web.HTTPFound(f"/?link={request.path}")


async def calls(request: web.Request) -> web.Response:
    log = request.app[STANDIN].record
    return _page(
        "calls.html",
        title=texts.CALLS_TITLE,
        calls=[each.as_json() for each in reversed(log.calls[-SHOWN:])],
        pushes=[each.as_json() for each in reversed(log.pushes[-SHOWN:])],
    )


async def picture(request: web.Request) -> web.Response:
    """What was sent or uploaded, expired or not, as a phone keeps it."""
    media = request.app[STANDIN].media.kept(request.match_info["media"])
    if media is None:
        raise web.HTTPNotFound
    # Whatever somebody uploaded, it must not run as a page of ours.
    kind = media.content_type if media.content_type.startswith(("image/", "audio/", "video/")) else ""
    headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
    return web.Response(body=media.data, content_type=kind or "application/octet-stream", headers=headers)


async def stream(request: web.Request) -> web.StreamResponse:
    """Server-sent events bubble, state, menu, typing; `Last-Event-ID` or `?after=` starts after a seq."""
    person = request.app[STANDIN].people.get(request.match_info["openid"])
    after = request.headers.get("Last-Event-ID") or request.query.get("after", "0")
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    queue: Queue = asyncio.Queue()
    missed = person.chat[int(after) if after.isdecimal() else 0 :]
    person.watchers.add(queue)
    request.app[WATCHING].queues.add(queue)
    try:
        await response.prepare(request)
        await response.write(b": ok\n\n")
        for bubble in missed:
            await response.write(_event("bubble", bubble.as_json()))
        await _carry(queue, response)
    except ConnectionResetError:
        pass
    finally:
        person.watchers.discard(queue)
        request.app[WATCHING].queues.discard(queue)
    return response


async def _carry(queue: Queue, response: web.StreamResponse) -> None:
    while True:
        try:
            event, data = await asyncio.wait_for(queue.get(), BEAT_SECONDS)
        except TimeoutError:
            await response.write(b": beat\n\n")
            continue
        if event == "end":
            return
        await response.write(_event(event, data))


async def end_streams(app: web.Application) -> None:
    """An open phone must not hold up the end of the server."""
    for queue in list(app[WATCHING].queues):
        queue.put_nowait(("end", {}))


def _event(event: str, data: dict[str, Any]) -> bytes:
    head = f"id: {data['seq']}\n" if "seq" in data else ""
    return f"{head}event: {event}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()


def _page(name: str, **values: Any) -> web.Response:
    return web.Response(
        text=PAGES.get_template(name).render(**values), content_type="text/html", headers=HEADERS
    )


def clock_words(at: float) -> str:
    return datetime.fromtimestamp(at, SHANGHAI).strftime("%m-%d %H:%M:%S")


def as_lines(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


PAGES.filters["clock"] = clock_words
PAGES.filters["lines"] = as_lines


@web.middleware
async def control_errors(request: web.Request, handler: Any) -> web.StreamResponse:
    """Misuse of a control is a sentence; and the first request tells the stand-in where it lives."""
    standin = request.app[STANDIN]
    if not standin.public_url:
        standin.public_url = str(request.url.origin())
    try:
        response: web.StreamResponse = await handler(request)
        return response
    except ControlError as error:
        return web.json_response({"error": error.message}, status=error.status)


ROUTES = [
    web.get("/", page),
    web.get("/q/{mark}", scanned_link),
    web.get("/_standin/calls", calls),
    web.get("/_standin/media/{media}", picture),
    web.get("/_standin/people/{openid}/events", stream),
    web.static("/static", HERE / "static"),
]
