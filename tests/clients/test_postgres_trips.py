"""A statement is one trip to PostgreSQL, and a connection given back in mid-transaction keeps nothing of it."""

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
