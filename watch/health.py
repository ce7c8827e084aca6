"""`/healthz`, `/readyz`, `/metrics`: for the machine that watches this one."""

import asyncio
import os
import time
from datetime import datetime
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

from clients.database import rows
from organisation.house import HOUSE
from watch.errors import AWAY
from watch.logs import route_of
from watch.measures import Shown, measure

PATIENCE_SECONDS: Final = 2.0
FORWARDED: Final = ("X-Forwarded-For", "Forwarded", "X-Real-IP")
_REQUESTS = Counter("mashang_requests", "Answers given", ("route", "method", "status"))
_SECONDS = Histogram(
    "mashang_turn_seconds",
    "Time to answer a push from WeChat",
    buckets=(0.01, 0.025, 0.05, 0.1, 0.5, 1, 2.5, 5),
)


def add_routes(app: web.Application) -> None:
    app.router.add_get("/healthz", alive)
    app.router.add_get("/readyz", ready)
    app.router.add_get("/metrics", metrics)


async def alive(_request: web.Request) -> web.Response:
    return web.json_response({"status": "ok"})


async def ready(request: web.Request) -> web.Response:
    """503 names the part that is missing."""
    parts = {
        "database": await _is_database_answering(),
        "redis": await request.app[HOUSE].coordination.is_answering(),
    }
    is_ready = all(parts.values())
    body = {
        "status": "ok" if is_ready else "unavailable",
        **{n: "ok" if p else "away" for n, p in parts.items()},
    }
    return web.json_response(body, status=200 if is_ready else 503, headers={"Cache-Control": "no-store"})


async def _is_database_answering() -> bool:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await rows("SELECT 1")
    except (*AWAY, TimeoutError):
        return False
    return True


async def metrics(request: web.Request) -> web.Response:
    """Not for what came through a proxy: how much is reported is nobody's business on the outside."""
    if any(name in request.headers for name in FORWARDED):
        raise web.HTTPNotFound
    registry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    body = generate_latest(registry) + await _measured(request.app[HOUSE].clock.now())
    return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST})


async def _measured(at: datetime) -> bytes:
    """Without the database only what this process counted is told; the alert on `/readyz` says the rest."""
    shown = CollectorRegistry()
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            shown.register(Shown(await measure(at)))
    except (*AWAY, TimeoutError):
        return b""
    return generate_latest(shown)


@web.middleware
async def counting(request: web.Request, handler: Handler) -> web.StreamResponse:
    started = time.monotonic()
    status = 500
    try:
        answer = await handler(request)
        status = answer.status
        return answer
    except web.HTTPException as answered:
        status = answered.status
        raise
    finally:
        route = route_of(request)
        method = request.method if request.method in ("GET", "HEAD", "POST", "DELETE") else "other"
        _REQUESTS.labels(route, method, str(status)).inc()
        if route == "/wechat" and method == "POST":
            _SECONDS.observe(time.monotonic() - started)
