"""How a short command runs: its own loop, checked settings and an open, current database."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Collection, Coroutine
from typing import Any

import uvloop

from clients.database import opened
from clients.schema import require_current_schema
from settings import Settings, settings_around


def run(work: Coroutine[Any, Any, None]) -> None:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(work)


@contextlib.asynccontextmanager
async def opened_with(needs: Collection[str] = frozenset()) -> AsyncIterator[Settings]:
    """Settings and an open, current database, for short commands; they also run beside a running `web`."""
    settings = settings_around(needs=needs)
    async with opened(settings.database_url):
        await require_current_schema()
        yield settings
