"""Only one `web` where processes cannot see each other: on SQLite, and without Redis."""

import contextlib
import fcntl
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Final

import asyncpg

from clients.database import DatabaseGone, sqlite_path
from commands import texts
from commands.errors import CommandRefused

WEB_LOCK: Final = 7262002


def may_be_many(*, database_url: str, redis_url: str) -> bool:
    return sqlite_path(database_url) is None and bool(redis_url)


@contextlib.asynccontextmanager
async def alone(*, database_url: str, redis_url: str) -> AsyncIterator[None]:
    """Holds the place of the only `web` where there may be only one. Raises `CommandRefused`."""
    path = sqlite_path(database_url)
    if path is not None:
        with _file_lock(path.with_name(path.name + ".web")):
            yield
    elif not redis_url:
        async with _advisory_lock(database_url):
            yield
    else:
        yield


@contextlib.contextmanager
def _file_lock(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CommandRefused(texts.ONE_AT_A_TIME) from None
        yield


@contextlib.asynccontextmanager
async def _advisory_lock(url: str) -> AsyncIterator[None]:
    try:
        guard = await asyncpg.connect(url)
    except (OSError, asyncpg.PostgresError) as error:
        raise DatabaseGone from error
    try:
        if not await guard.fetchval(f"SELECT pg_try_advisory_lock({WEB_LOCK})"):
            raise CommandRefused(texts.ONE_AT_A_TIME)
        yield
    finally:
        await guard.close()
