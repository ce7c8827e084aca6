"""The door of the platform's API: token, body, faults, record, and errors as HTTP 200."""

from __future__ import annotations

import asyncio
import json
import re
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from aiohttp import web

from wechat_standin.errors import ApiError
from wechat_standin.faults import Fault
from wechat_standin.record import Call
from wechat_standin.standin import StandIn

STANDIN = web.AppKey("standin", StandIn)
Needs = Literal["oa", "mini", "any", "nothing"]
ESCAPE = re.compile(rb"(?<!\\)(?:\\\\)*\\u[0-9a-fA-F]{4}")


@dataclass(slots=True)
class Ask:
    """One API call. `body` is what the record shows: parsed JSON, or what a handler put there."""

    request: web.Request
    standin: StandIn
    raw: bytes = b""
    body: Any = None
    query: dict[str, str] = field(default_factory=dict)

    def json(self) -> dict[str, Any]:
        """The body as the platform reads it: raw UTF-8 JSON, no numeric escapes (40033), an object (47001)."""
        if not self.raw:
            raise ApiError(44002)
        if ESCAPE.search(self.raw):
            raise ApiError(40033)
        try:
            self.body = json.loads(self.raw)
        except ValueError:
            raise ApiError(47001) from None
        if not isinstance(self.body, dict):
            raise ApiError(47001)
        return self.body


Handler = Callable[[Ask], Awaitable[dict[str, Any] | web.Response]]


def api_route(path: str, handler: Handler, *, needs: Needs, method: str = "POST") -> web.RouteDef:
    """Every method reaches the handler's door, because a wrong one is answered with an errcode too."""

    async def door(request: web.Request) -> web.StreamResponse:
        return await _answer(request, handler, needs, method)

    return web.route("*", path, door)


async def _answer(request: web.Request, handler: Handler, needs: Needs, method: str) -> web.StreamResponse:
    standin = request.app[STANDIN]
    ask = Ask(request, standin, query=dict(request.query))
    at, started = standin.clock.now(), time.monotonic()
    fault = standin.faults.take(request.path)
    response, answer = await _faulty(ask, handler, needs, method, fault)
    if fault is not None and fault.kind in ("reset", "lost") and request.transport is not None:
        request.transport.abort()
    standin.record.calls.append(
        Call(
            at=at,
            method=request.method,
            path=request.path,
            query=ask.query,
            body=ask.body,
            status=response.status,
            errcode=answer.get("errcode", 0),
            elapsed=time.monotonic() - started,
            answer=answer,
            fault=fault.kind if fault is not None else "",
        )
    )
    return response


async def _faulty(
    ask: Ask, handler: Handler, needs: Needs, method: str, fault: Fault | None
) -> tuple[web.Response, dict[str, Any]]:
    if not ask.request.content_type.startswith("multipart/"):
        ask.raw = await ask.request.read()
        ask.body = ask.raw.decode("utf-8", "replace") or None
    kind = fault.kind if fault is not None else ""
    if fault is not None and kind == "status":
        return web.Response(status=fault.status, text="<html>bad gateway</html>"), {}
    if kind == "reset":
        return web.Response(status=500), {}
    if fault is not None and kind == "slow":
        await asyncio.sleep(fault.seconds)
    answer = await _handled(ask, handler, needs, method, fault.errcode if fault and kind == "errcode" else 0)
    if isinstance(answer, web.Response):
        return answer, {}
    content_type = "text/plain" if kind == "text" else "application/json"
    text = json.dumps(answer, ensure_ascii=False)
    return web.Response(text=text, content_type=content_type), answer


async def _handled(
    ask: Ask, handler: Handler, needs: Needs, method: str, errcode: int
) -> dict[str, Any] | web.Response:
    try:
        if errcode:
            _read_for_record(ask)
            raise ApiError(errcode)
        if method not in ("*", ask.request.method):
            raise ApiError(43002 if method == "POST" else 43001, f"require {method} method")
        if needs != "nothing":
            check_token(ask.standin, ask.query.get("access_token", ""), needs)
        return await handler(ask)
    except ApiError as error:
        rid = "-".join(secrets.token_hex(4) for _ in range(3))
        return {"errcode": error.errcode, "errmsg": f"{error.errmsg} rid: {rid}"}


def check_token(standin: StandIn, value: str, needs: Needs) -> None:
    """ApiError 41001 without one, 40001 or 42001 for a bad one, 48001 for the other account's."""
    if not value:
        raise ApiError(41001)
    books = {"oa": standin.oa_tokens, "mini": standin.mini_tokens}
    owner = next((name for name, book in books.items() if book.knows(value)), None)
    if owner is None:
        raise ApiError(40001)
    books[owner].check(value)
    if needs not in ("any", owner):
        raise ApiError(48001)


def _read_for_record(ask: Ask) -> None:
    try:
        ask.json()
    except ApiError:
        return
