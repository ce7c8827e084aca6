"""One process of `web` or `worker`, from open to a graceful stop."""

import asyncio
import contextlib
import ctypes
import gc
import os
import signal
import sys
from collections.abc import AsyncIterator
from typing import Final

from aiohttp import web

from app import following, opened_accounts, opened_app, opened_house, watched_app, worker_loops
from commands import texts
from commands.alone import alone, may_be_many
from commands.errors import CommandFailed, CommandRefused
from commands.examining import require_fitting_keys
from commands.opening import say
from organisation.house import HOUSE
from settings import Settings
from watch.logs import AccessLines, write_logs
from watch.loops import running
from watch.slowness import KEPT_OPEN_SECONDS

GRACE_SECONDS: Final = 5.0
PR_SET_PDEATHSIG: Final = 1


async def serve_web(
    settings: Settings, *, host: str, port: int, with_worker: bool, under: int | None = None
) -> None:
    """`under` is the supervisor's process id; without one this is the only process of its `web`."""
    if under is not None:
        die_with_parent(under)
    write_logs()
    guard = (
        alone(database_url=settings.database_url, redis_url=settings.redis_url)
        if under is None
        else contextlib.nullcontext()
    )
    async with guard, opened_app(settings, with_worker=with_worker) as app:
        await require_fitting_keys(app[HOUSE].vault, at=app[HOUSE].clock.now())
        async with listening(app, host=host, port=port, is_shared=under is not None):
            if under is None:
                say(texts.STARTED.format(host=host, port=port))
            await told_to_stop()


async def serve_worker(settings: Settings, *, metrics_port: int | None = None) -> None:
    """With a port it is asked there how it is, on this machine only."""
    if not may_be_many(database_url=settings.database_url, redis_url=settings.redis_url):
        raise CommandRefused(texts.NO_WORKER)
    write_logs()
    async with (
        opened_house(settings) as house,
        opened_accounts(settings, house.coordination) as (official, mini),
    ):
        await require_fitting_keys(house.vault, at=house.clock.now())
        loops = worker_loops(settings, house=house, official=official, mini=mini)
        async with contextlib.AsyncExitStack() as stack:
            if metrics_port is not None:
                watched = watched_app(house)
                await stack.enter_async_context(listening(watched, host="127.0.0.1", port=metrics_port))
            await stack.enter_async_context(running(following(house), *loops))
            say(texts.WORKER_STARTED)
            await told_to_stop()


@contextlib.asynccontextmanager
async def listening(
    app: web.Application, *, host: str, port: int, is_shared: bool = False
) -> AsyncIterator[None]:
    """`is_shared`: other processes listen at the same port. Requests under way are finished at the end."""
    runner = web.AppRunner(
        app,
        access_log_class=AccessLines,
        shutdown_timeout=GRACE_SECONDS,
        handler_cancellation=False,
        keepalive_timeout=KEPT_OPEN_SECONDS,
    )
    await runner.setup()
    # what was loaded by now lives to the end: the collector need not walk it while people wait
    gc.collect()
    gc.freeze()
    try:
        site = web.TCPSite(runner, host, port, reuse_port=is_shared or None)
        try:
            await site.start()
        except (OSError, OverflowError):
            raise CommandFailed(texts.PORT_TAKEN.format(port=port)) from None
        yield
    finally:
        await runner.cleanup()


async def told_to_stop() -> None:
    """Returns on SIGTERM or SIGINT."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await stop.wait()


def die_with_parent(parent: int) -> None:
    """Linux ends this process when `parent` ends, however it ends; elsewhere the supervisor's stop has to do."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    # it may have gone before we asked
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGTERM)
