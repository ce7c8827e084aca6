"""A line to the server that drops: in the middle of a request, in the middle of an answer, or altogether."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

API = "/api/v1/"
# what the page waits before it tries again, or the tests would wait as long
WAITS = (b"const WAITS = [1000, 3000]", b"const WAITS = [30, 60]")


@dataclass
class Line:
    """Of each thing that is asked of the API the first request is cut, then the first answer; the third time it passes.

    `is_dead`: nothing passes, and the answers to what was sent are lost.
    """

    upstream: str
    http: aiohttp.ClientSession
    is_dead: bool = False
    is_good: bool = False
    url: str = ""
    asked: Counter[str] = field(default_factory=Counter)

    async def carry(self, request: web.Request) -> web.StreamResponse:
        sent, way = await request.read(), request.path
        is_api = way.startswith(API) and not self.is_good
        tries = self.asked[f"{request.method} {way}"]
        if is_api:
            self.asked[f"{request.method} {way}"] += 1
        if is_api and not self.is_dead and tries == 0:
            return self._cut(request)
        headers = {name: value for name, value in request.headers.items() if name != "Host"}
        headers["Accept-Encoding"] = "identity"
        async with self.http.request(
            request.method, self.upstream + request.path_qs, data=sent, headers=headers
        ) as answer:
            content = await answer.read()
        if is_api and (self.is_dead or tries == 1):
            return await self._cut_after(request, answer, content)
        kept = {
            name: value for name, value in answer.headers.items() if name not in ("Content-Length", "Date")
        }
        return web.Response(status=answer.status, body=content.replace(*WAITS), headers=kept)

    def _cut(self, request: web.Request) -> web.StreamResponse:
        assert request.transport
        request.transport.abort()
        return web.Response()

    async def _cut_after(
        self, request: web.Request, answer: aiohttp.ClientResponse, content: bytes
    ) -> web.StreamResponse:
        """Its head and half of it."""
        partly = web.StreamResponse(status=answer.status, headers={"Content-Type": answer.content_type})
        partly.content_length = len(content)
        await partly.prepare(request)
        await partly.write(content[: len(content) // 2])
        return self._cut(request)


@asynccontextmanager
async def dropping(upstream: str) -> AsyncIterator[Line]:
    async with aiohttp.ClientSession() as http:
        line = Line(upstream.rstrip("/"), http)
        app = web.Application(client_max_size=16 * 1024 * 1024)
        app.router.add_route("*", "/{rest:.*}", line.carry)
        async with TestServer(app) as server:
            line.url = str(server.make_url("/")).rstrip("/")
            yield line
