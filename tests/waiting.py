"""Waiting until something has come about, for as long as a busy machine may take over it."""

import asyncio
from collections.abc import Callable

PATIENCE_SECONDS = 20.0


async def until(is_so: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not is_so():
            await asyncio.sleep(0.01)
