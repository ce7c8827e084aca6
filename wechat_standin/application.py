"""The stand-in as an aiohttp application."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web

from wechat_standin import (
    api_account,
    api_codes,
    api_content,
    api_custom,
    api_media,
    api_mini,
    api_templates,
    api_tokens,
    control,
    phone,
    trouble,
)
from wechat_standin.errors import ApiError
from wechat_standin.gate import STANDIN, Ask, api_route
from wechat_standin.standin import StandIn

LARGEST_BODY = 32 * 1024 * 1024
PARTS = (
    trouble,
    control,
    phone,
    api_tokens,
    api_custom,
    api_templates,
    api_codes,
    api_content,
    api_media,
    api_mini,
    api_account,
)


async def unknown_call(ask: Ask) -> dict[str, Any]:
    raise ApiError(40066)


def build_standin_app(standin: StandIn) -> web.Application:
    """Closes the stand-in when the application ends."""
    app = web.Application(middlewares=[phone.control_errors], client_max_size=LARGEST_BODY)
    app[STANDIN] = standin
    app[phone.WATCHING] = phone.Watching()
    for part in PARTS:
        app.add_routes(part.ROUTES)
    for family in ("cgi-bin", "wxa", "sns"):
        path = f"/{family}/{{rest:.*}}"
        app.add_routes([api_route(path, unknown_call, needs="nothing", method="*")])
    app.on_shutdown.append(phone.end_streams)
    app.on_cleanup.append(_close)
    return app


async def _close(app: web.Application) -> None:
    await app[STANDIN].close()


async def serve(standin: StandIn, *, host: str = "127.0.0.1", port: int = 8100) -> web.AppRunner:
    """Starts it and returns; `await runner.cleanup()` ends it. Port 0 takes a free one, see `public_url`."""
    runner = web.AppRunner(build_standin_app(standin), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    site = web.TCPSite(runner, host, port)
    await site.start()
    standin.public_url = standin.public_url or f"http://{host}:{runner.addresses[0][1]}"
    return runner


def run(standin: StandIn, *, host: str = "127.0.0.1", port: int = 8100) -> None:
    """Serves until interrupted."""
    standin.public_url = standin.public_url or f"http://{host}:{port}"
    web.run_app(
        build_standin_app(standin),
        host=host,
        port=port,
        access_log=None,
        print=None,
        shutdown_timeout=1.0,
        loop=asyncio.new_event_loop(),
    )
