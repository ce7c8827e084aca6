"""Redis gone, silent or full, PostgreSQL's connections cut, a worker frozen, clocks that jump, a full disk: answered in
time, nothing lost, no restart.
"""

import asyncio
import contextlib
import os
import random
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from redis.asyncio import Redis
from redis.exceptions import ResponseError

from bot import texts
from delivery.outbox import LEASE_SECONDS
from tests.chaos.reconciling import every_notice_is_settled, nothing_lost_and_nothing_twice
from tests.chaos.test_kill import CHIEF, HANDLER, VILLAGE, bound, settled
from tests.chaos.villagers import Villagers
from tests.conftest import Templates, World, a_house, a_world, send_guests_away
from tests.journeys.system import System, a_system
from tests.own_redis import OwnRedis, own_redis

__all__ = ["own_redis"]

AT_ONCE = 8


@pytest.fixture
async def postgres(templates: Templates, tmp_path: Path) -> AsyncIterator[World]:
    async with a_world("postgres", templates=templates, folder=tmp_path, is_sampled=True) as world:
        yield world


async def lived_through(
    system: System, trouble: Callable[[], Awaitable[None]], *, may_refuse: bool
) -> Villagers:
    """Villagers talk before, during and after `trouble`; every answer is in time and a 200."""
    code = (await system.codes(region=VILLAGE, area="civil"))[0]["code"]
    for person in (CHIEF, HANDLER):
        await bound(system, *person)
    villagers = Villagers(system, code=code, chance=random.Random(1), at_once=AT_ONCE)
    living = asyncio.create_task(villagers.run())
    await asyncio.sleep(1.5)
    await trouble()
    before = len(villagers.stories)
    await asyncio.sleep(2)
    villagers.stop.set()
    await living
    assert len(villagers.stories) > before, "nobody was served after the trouble"
    pushes = system.standin.record.pushes
    assert {attempt.status for push in pushes for attempt in push.attempts} == {200}
    assert max(attempt.elapsed for push in pushes for attempt in push.attempts) < 5
    refused = sum(texts.BUSY in str(push.reply) or texts.UNSURE in str(push.reply) for push in pushes)
    assert may_refuse or refused == 0
    assert all(part.is_alive for part in system.parts.values())
    return villagers


async def reconciled(system: System, world: World, villagers: Villagers) -> None:
    system.standin.clock.advance(30)
    async with a_house(world) as house:
        await settled()
        assert await nothing_lost_and_nothing_twice(villagers.stories, house=house)
        await every_notice_is_settled(house, to={"staff": 1, "liaison": 1})


@pytest.mark.timeout(150)
async def test_redis_is_killed_and_comes_back_empty(postgres: World, own_redis: OwnRedis) -> None:
    async with a_system(postgres, redis_url=own_redis.url) as system:
        await system.start()

        async def trouble() -> None:
            own_redis.kill()
            await asyncio.sleep(4)
            own_redis.start()

        villagers = await lived_through(system, trouble, may_refuse=False)
        await reconciled(system, postgres, villagers)
        for name in ("web-1", "web-2"):
            await system.wait_ready(name, within=10)


@pytest.mark.timeout(150)
async def test_redis_stops_answering(postgres: World, own_redis: OwnRedis) -> None:
    """Worse than gone: connections stay open and nothing comes back."""
    async with a_system(postgres, redis_url=own_redis.url) as system:
        await system.start()

        async def trouble() -> None:
            own_redis.signal(signal.SIGSTOP)
            await asyncio.sleep(6)
            own_redis.signal(signal.SIGCONT)

        villagers = await lived_through(system, trouble, may_refuse=False)
        await reconciled(system, postgres, villagers)


@pytest.mark.timeout(150)
async def test_redis_is_full(postgres: World, own_redis: OwnRedis) -> None:
    async with a_system(postgres, redis_url=own_redis.url) as system, Redis.from_url(own_redis.url) as redis:
        await system.start()
        refused: list[bool] = []

        async def trouble() -> None:
            await redis.config_set("maxmemory", 1)
            with contextlib.suppress(ResponseError):
                refused.append(not await redis.set("room", "for nothing"))
            await asyncio.sleep(4)
            await redis.config_set("maxmemory", 0)

        villagers = await lived_through(system, trouble, may_refuse=False)
        assert refused == [], "Redis was never full"
        await reconciled(system, postgres, villagers)


@pytest.mark.timeout(150)
async def test_a_worker_is_frozen_longer_than_its_lease(postgres: World) -> None:
    async with a_system(postgres) as system:
        await system.start()

        async def trouble() -> None:
            frozen = system.parts["worker-1"].running
            assert frozen is not None
            frozen.signal(signal.SIGSTOP)
            system.standin.clock.advance(LEASE_SECONDS + 1)
            await asyncio.sleep(3)
            frozen.signal(signal.SIGCONT)

        villagers = await lived_through(system, trouble, may_refuse=False)
        await reconciled(system, postgres, villagers)


@pytest.mark.timeout(150)
async def test_clocks_jump_an_hour_ahead_and_back(sampled_world: World) -> None:
    async with a_system(sampled_world) as system:
        await system.start()

        async def trouble() -> None:
            system.standin.clock.advance(3600)
            await asyncio.sleep(2)
            system.standin.clock.advance(-3600)

        villagers = await lived_through(system, trouble, may_refuse=False)
        # what was to leave within that hour waits for it
        system.standin.clock.advance(3600)
        await reconciled(system, sampled_world, villagers)


@pytest.mark.timeout(150)
async def test_connections_of_the_database_are_cut(postgres: World) -> None:
    async with a_system(postgres) as system:
        await system.start()

        async def trouble() -> None:
            for _ in range(6):
                await send_guests_away(postgres.database_url)
                await asyncio.sleep(0.4)

        villagers = await lived_through(system, trouble, may_refuse=True)
        await reconciled(system, postgres, villagers)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk with little more room than SQLite's log takes (16 MB), where this user may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", str(folder)], check=False)
    if mounted.returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.timeout(150)
async def test_the_disk_is_full_for_a_while(small_disk: Path, templates: Templates) -> None:
    async with (
        a_world("sqlite", templates=templates, folder=small_disk, is_sampled=True) as world,
        a_system(world) as system,
    ):
        await system.start()
        ballast = small_disk / "ballast"

        async def trouble() -> None:
            # unbuffered: closing must not try once more to write what did not fit
            with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
                while True:
                    file.write(bytes(65536))
            await asyncio.sleep(3)
            ballast.unlink()

        villagers = await lived_through(system, trouble, may_refuse=True)
        assert any(story.unsure for story in villagers.stories), "the disk was never full"
        await reconciled(system, world, villagers)
