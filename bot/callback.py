"""`/wechat`: WeChat's pushes in, answers out; never a 5xx, never later than five seconds."""

import logging

from aiohttp import web

from bot.envelope import SUCCESS, Envelope, EnvelopeRefused, Opened
from bot.incoming import Incoming, parse, reply_text
from bot.turnstile import Turnstile

log = logging.getLogger(__name__)
MAX_BODY = 64 * 1024
ENVELOPE: web.AppKey[Envelope] = web.AppKey("envelope", Envelope)
TURNSTILE: web.AppKey[Turnstile] = web.AppKey("turnstile", Turnstile)


def add_routes(app: web.Application) -> None:
    """`app` must hold `ENVELOPE` and a running `TURNSTILE`."""
    app.router.add_get("/wechat", verify)
    app.router.add_post("/wechat", receive)


async def verify(request: web.Request) -> web.Response:
    try:
        return web.Response(text=request.app[ENVELOPE].echo(request.query))
    except EnvelopeRefused:
        return web.Response(status=403)


async def receive(request: web.Request) -> web.Response:
    envelope = request.app[ENVELOPE]
    push = await opened_push(request, envelope=envelope)
    if isinstance(push, web.Response):
        return push
    opened, incoming = push
    answer = await request.app[TURNSTILE].take(incoming)
    reply = reply_text(incoming, answer) if answer else SUCCESS
    # the time of the push: a repeat gets the same bytes inside, whatever the clock says by then
    return web.Response(body=envelope.close(reply, opened=opened, at=incoming.at), content_type="text/xml")


async def opened_push(request: web.Request, *, envelope: Envelope) -> tuple[Opened, Incoming] | web.Response:
    """The push that arrived, or the answer to what is none."""
    body = await _capped_body(request)
    if body is None:
        return web.Response(status=413)
    try:
        opened = envelope.open(body, query=request.query)
        return opened, parse(opened.body)
    except EnvelopeRefused as refused:
        log.warning("push_refused", extra={"reason": refused.reason})
        return web.Response(status=403)


async def _capped_body(request: web.Request) -> bytes | None:
    """None when it is longer than any push."""
    length = request.content_length
    if length is not None:
        return await request.read() if length <= MAX_BODY else None
    body = await request.content.read(MAX_BODY + 1)
    while not request.content.at_eof() and len(body) <= MAX_BODY:
        body += await request.content.read(MAX_BODY + 1 - len(body))
    return body if len(body) <= MAX_BODY else None
