"""Timed work is done by one of all who ask."""

import asyncio
from datetime import UTC, datetime, timedelta

from delivery.periodic import tick
from tests.conftest import World

NOW = datetime(2026, 11, 23, 7, 1, tzinfo=UTC)


async def test_one_of_many_wins_each_tick(database: World) -> None:
    for minute in (0, 1, 5):
        at = NOW + timedelta(minutes=minute)
        won = await asyncio.gather(*(tick("sweep", every_seconds=60, at=at) for _ in range(8)))
        assert sum(won) == 1
    assert not await tick("sweep", every_seconds=60, at=at + timedelta(seconds=59))


async def test_tasks_do_not_share_their_ticks(database: World) -> None:
    assert await tick("one", every_seconds=60, at=NOW)
    assert await tick("two", every_seconds=60, at=NOW)
