"""Both worlds: SQLite with in-process coordination, and PostgreSQL with Redis."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from redis import Redis

from clients.clock import Clock
from clients.database import opened
from clients.media import MediaStore
from clients.redis import coordinated
from organisation.house import House
from organisation.live import LiveOrganisation
from tests.servers import (
    CHROMIUM,
    INDEX_KEY,
    KEY,
    POSTGRES_URL,
    REDIS_URL,
    SAMPLE,
    is_listening,
    make_vault,
    run_on_postgres,
    send_guests_away,
)
from tests.templates import Templates

__all__ = [
    "CHROMIUM",
    "INDEX_KEY",
    "KEY",
    "POSTGRES_URL",
    "REDIS_URL",
    "SAMPLE",
    "Templates",
    "is_listening",
    "make_vault",
    "run_on_postgres",
    "send_guests_away",
]


@dataclass(frozen=True)
class World:
    """Where one test keeps everything; nothing of it is shared with another test."""

    name: str
    database_url: str
    redis_url: str
    folder: Path


def left_out(what: str) -> None:
    """A part that is missing: named on a newcomer's machine, a failure in CI."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is not there, and CI leaves nothing out")
    pytest.skip(f"{what} is not there")


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Templates]:
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "templates"
    folder.mkdir(exist_ok=True)
    made = Templates(folder)
    yield made
    asyncio.run(made.drop_all())


@asynccontextmanager
async def a_world(
    name: str, *, templates: Templates, folder: Path, is_sampled: bool = False
) -> AsyncIterator[World]:
    if name == "sqlite":
        url = await templates.sqlite_copy(folder, is_sampled=is_sampled)
        yield World(name=name, database_url=url, redis_url="", folder=folder)
        return
    if missing := missing_servers():
        left_out(missing)
    url = await templates.postgres_restored(is_sampled=is_sampled)
    flush_redis()
    yield World(name=name, database_url=url, redis_url=REDIS_URL, folder=folder)


@cache
def missing_servers() -> str:
    """Asked once: each time costs the server a process."""
    wanted = {"PostgreSQL": (POSTGRES_URL, 5432), "Redis": (REDIS_URL, 6379)}
    return " and ".join(name for name, (url, port) in wanted.items() if not is_listening(url, port))


def flush_redis() -> None:
    kept_redis().flushdb()


@cache
def kept_redis() -> Redis:
    return Redis.from_url(REDIS_URL)


@asynccontextmanager
async def a_house(world: World) -> AsyncIterator[House]:
    async with opened(world.database_url), coordinated(world.redis_url) as coordination:
        organisation = LiveOrganisation()
        await organisation.refresh()
        yield House(
            vault=make_vault(),
            clock=Clock(world.folder / "clock"),
            organisation=organisation,
            coordination=coordination,
            media=MediaStore(world.folder / "media"),
            public_url="http://127.0.0.1:8000",
            timezone=ZoneInfo("Asia/Shanghai"),
        )


@pytest.fixture(params=["sqlite", "postgres"])
def world_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def world(world_name: str, templates: Templates, tmp_path: Path) -> AsyncIterator[World]:
    async with a_world(world_name, templates=templates, folder=tmp_path) as made:
        yield made


@pytest.fixture
async def database(world: World) -> AsyncIterator[World]:
    """Migrated, open and empty."""
    async with opened(world.database_url):
        yield world


@pytest.fixture
async def house(world: World) -> AsyncIterator[House]:
    """A house over an empty database; after making an organisation, `await house.organisation.refresh()`."""
    async with a_house(world) as made:
        yield made


@pytest.fixture
async def sampled_world(world_name: str, templates: Templates, tmp_path: Path) -> AsyncIterator[World]:
    async with a_world(world_name, templates=templates, folder=tmp_path, is_sampled=True) as made:
        yield made


@pytest.fixture
async def sampled(sampled_world: World) -> AsyncIterator[House]:
    """A house over the sample prefecture."""
    async with a_house(sampled_world) as made:
        yield made
