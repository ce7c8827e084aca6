"""A statement is one trip to PostgreSQL, and a connection given back in mid-transaction keeps nothing of it."""

import asyncio
from typing import Any

import asyncpg
import pytest

from clients.database import connection, rows
from tests.conftest import World


@pytest.fixture
def world_name() -> str:
    return "postgres"


async def test_nothing_is_asked_when_a_connection_is_given_back(
    database: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    execute = asyncpg.connection.Connection.execute

    async def told(self: asyncpg.Connection, query: str, *values: object, **more: object) -> str:
        asked.append(query)
        return str(await execute(self, query, *values, **more))

    monkeypatch.setattr(asyncpg.connection.Connection, "execute", told)
    assert await rows("SELECT 1 AS one")
    assert asked == []
    async with connection()._pool.acquire() as left:
        await left.execute("BEGIN")
        await left.execute("CREATE TABLE left_behind (one INT)")
    assert asked[2:] == ["ROLLBACK"]
    assert not await rows("SELECT 1 FROM pg_tables WHERE tablename = 'left_behind'")


async def test_only_a_connection_that_still_has_work_goes_back_in_a_task_of_its_own(
    database: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []
    release = asyncpg.pool.Pool.release

    async def told(self: asyncpg.Pool, lent: Any, **more: Any) -> None:
        made.append(lent)
        await release(self, lent, **more)

    monkeypatch.setattr(asyncpg.pool.Pool, "release", told)
    assert await rows("SELECT 1 AS one") and not made
    pool = connection()._pool
    idle = pool.get_idle_size()
    waiting = asyncio.create_task(rows("SELECT pg_sleep(60)"))
    await asyncio.sleep(0.1)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert made and pool.get_idle_size() == idle
    assert await rows("SELECT 1 AS one")
