"""Whoever sends slower than any line holds a place that others need: the connection is closed, nothing is kept."""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler

from watch.logs import route_of

log = logging.getLogger(__name__)
KEPT_OPEN_SECONDS: Final = 75.0
"""A connection on which no request is under way; longer than a proxy keeps one, which would write into a closed one."""
LOOK_SECONDS: Final = 20.0
LEAST_BYTES: Final = 2000
"""Between two looks: a hundred bytes a second."""
LONGEST_SECONDS: Final = 600.0


@web.middleware
async def unhurried(request: web.Request, handler: Handler) -> web.StreamResponse:
    """What came with the headers is there already and costs nothing to look after.

    Who goes away in the middle is no failure of ours: whatever reading came to, nobody is there to be told.
    """
    if not request.can_read_body or request.content.is_eof():
        return await handler(request)
    async with _watched(request):
        try:
            answer = await handler(request)
        except OSError:
            if not _has_gone(request):
                raise
            return web.Response(status=400)
        return web.Response(status=400) if _has_gone(request) else answer


def _has_gone(request: web.Request) -> bool:
    transport = request.transport
    return not request.content.is_eof() and (transport is None or transport.is_closing())


@contextlib.asynccontextmanager
async def _watched(request: web.Request) -> AsyncIterator[None]:
    watching = asyncio.create_task(_watch(request))
    try:
        yield
    finally:
        watching.cancel()


async def _watch(request: web.Request) -> None:
    began, came = time.monotonic(), 0
    while not request.content.is_eof() and (transport := request.transport) is not None:
        await asyncio.sleep(LOOK_SECONDS)
        so_far = request.content.total_bytes
        # who is made to wait by us is not slow
        is_slow = so_far - came < LEAST_BYTES and transport.is_reading()
        if not request.content.is_eof() and (is_slow or time.monotonic() - began > LONGEST_SECONDS):
            log.info("too_slow", extra={"route": route_of(request)})
            transport.abort()
            return
        came = so_far
