"""Both worlds: SQLite with in-process coordination, and PostgreSQL with Redis."""

import asyncio
import os
import shutil
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import asyncpg
import pytest

from clients.clock import Clock
from clients.database import migrate, opened
from clients.media import MediaStore
from clients.redis import coordinated
from organisation.house import House
from organisation.live import LiveOrganisation
from vault.vault import Vault

POSTGRES_URL = os.environ.get("MASHANG_TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
# flushed by every test: each worker of a run has a database of its own, and two runs seldom share one
WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
RUN = int(os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))[-6:], 16) % 7
REDIS_URL = os.environ.get("MASHANG_TEST_REDIS_URL", f"redis://127.0.0.1:6379/{1 + RUN * 2 + WORKER % 2}")
CHROMIUM = os.environ.get("MASHANG_TEST_CHROMIUM", "/usr/bin/chromium")
SAMPLE = Path(__file__).parent.parent / "sample"
KEY = bytes(range(32))
INDEX_KEY = bytes(range(32, 64))


@dataclass(frozen=True)
class World:
    """Where one test keeps everything; nothing of it is shared with another test."""

    name: str
    database_url: str
    redis_url: str
    folder: Path


def is_listening(url: str, default_port: int) -> bool:
    parts = urlsplit(url)
    try:
        socket.create_connection((parts.hostname, parts.port or default_port), timeout=2).close()
    except OSError:
        return False
    return True


def left_out(what: str) -> None:
    """A part that is missing: named on a newcomer's machine, a failure in CI."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is not there, and CI leaves nothing out")
    pytest.skip(f"{what} is not there")


def make_vault() -> Vault:
    return Vault(keys=[KEY], index_key=INDEX_KEY)


RESTORE = """
DO $$ DECLARE t text; BEGIN
  SET LOCAL session_replication_role = replica;
  FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'tortoise%' LOOP
    EXECUTE format('DELETE FROM public.%I', t);
    EXECUTE format('INSERT INTO public.%I SELECT * FROM saved.%I', t, t);
  END LOOP;
END $$"""
SAVE = """
DO $$ DECLARE t text; BEGIN
  CREATE SCHEMA saved;
  FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('CREATE TABLE saved.%I AS TABLE public.%I', t, t);
  END LOOP;
END $$"""
GUESTS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()"
)


async def run_on_postgres(url: str, *statements: str) -> None:
    server = await asyncpg.connect(url)
    try:
        for statement in statements:
            await server.execute(statement)
    finally:
        await server.close()


async def send_guests_away(url: str) -> None:
    """Connections that a killed process left behind."""
    server = await asyncpg.connect(POSTGRES_URL)
    try:
        await server.execute(GUESTS, url.rsplit("/", 1)[1])
    finally:
        await server.close()


async def fill_template(database_url: str, *, is_sampled: bool) -> None:
    await migrate(database_url)
    if is_sampled:
        from organisation.importing import import_path

        async with opened(database_url):
            await import_path(SAMPLE, vault=make_vault(), clock=Clock(), by="system")


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Templates"]:
    made = Templates(tmp_path_factory.mktemp("templates"))
    yield made
    asyncio.run(made.drop_all())


class Templates:
    """Migrated databases, empty or with the sample prefecture: a copied file, or a server's restored tables."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made: set[str] = set()

    async def sqlite_copy(self, folder: Path, *, is_sampled: bool) -> str:
        template = self.folder / ("sampled.db" if is_sampled else "empty.db")
        if not template.exists():
            await fill_template(f"sqlite://{template}", is_sampled=is_sampled)
        shutil.copy2(template, folder / "mashang.db")
        return f"sqlite://{folder / 'mashang.db'}"

    async def postgres_restored(self, *, is_sampled: bool) -> str:
        name = f"mashang_test_{os.getpid()}_{'sampled' if is_sampled else 'empty'}"
        url = f"{POSTGRES_URL.rsplit('/', 1)[0]}/{name}"
        if name not in self.made:
            await run_on_postgres(POSTGRES_URL, f"CREATE DATABASE {name}")
            self.made.add(name)
            await fill_template(url, is_sampled=is_sampled)
            await run_on_postgres(url, SAVE)
        await send_guests_away(url)
        await run_on_postgres(url, RESTORE)
        return url

    async def drop_all(self) -> None:
        for name in self.made:
            await run_on_postgres(POSTGRES_URL, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@asynccontextmanager
async def a_world(
    name: str, *, templates: Templates, folder: Path, is_sampled: bool = False
) -> AsyncIterator[World]:
    if name == "sqlite":
        url = await templates.sqlite_copy(folder, is_sampled=is_sampled)
        yield World(name=name, database_url=url, redis_url="", folder=folder)
        return
    if not is_listening(POSTGRES_URL, 5432):
        left_out("PostgreSQL")
    if not is_listening(REDIS_URL, 6379):
        left_out("Redis")
    url = await templates.postgres_restored(is_sampled=is_sampled)
    await flush_redis()
    yield World(name=name, database_url=url, redis_url=REDIS_URL, folder=folder)


async def flush_redis() -> None:
    async with coordinated(REDIS_URL) as coordination:
        await coordination.redis.flushdb()


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
