"""Endless loops beside the requests, kept going whatever happens to them."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Final

from watch.logs import where

log = logging.getLogger(__name__)
PAUSE_SECONDS: Final = 1.0
Loop = Callable[[], Awaitable[None]]


@contextlib.asynccontextmanager
async def running(*loops: Loop) -> AsyncIterator[None]:
    """Runs `loops` beside the block and ends them with it."""
    tasks = [asyncio.create_task(_kept_going(loop)) for loop in loops]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _kept_going(loop: Loop) -> None:
    while True:
        try:
            await loop()
        except Exception as error:  # outermost: a loop that fails begins again
            log.error("loop_failed", extra={"error": type(error).__name__, "where": where(error)})
        await asyncio.sleep(PAUSE_SECONDS)
