"""Every process and both servers killed at random moments under load: nothing is lost, nothing is done twice.

In all there are sixty kills and faults: a quarter of them to the one process on SQLite, the others to two `web`, two
`worker`, Redis (which forgets everything) and PostgreSQL (which recovers from its log).
"""

import asyncio
import os
import random
import secrets
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from models.choices import DeliveryStatus
from models.outbox import OutboxNotice
from tests.chaos.reconciling import (
    every_notice_is_settled,
    every_photo_is_kept,
    nothing_lost_and_nothing_twice,
    the_log_is_whole,
)
from tests.chaos.villagers import Villagers
from tests.conftest import Templates, World, a_house, a_world
from tests.journeys.system import System, a_system
from tests.own_postgres import OwnPostgres, own_postgres
from tests.own_redis import OwnRedis, own_redis

__all__ = ["own_postgres", "own_redis"]

SOAK = max(1, int(os.environ.get("MASHANG_SOAK", "1")))
FAULTS = {"sqlite": 15 if SOAK == 1 else 12 * SOAK, "postgres": 45 if SOAK == 1 else 38 * SOAK}
SERVER_EVERY = 7
"""One fault in so many is Redis's or PostgreSQL's, in turn."""
VILLAGE = "990121101201"
CHIEF = ("16900991001", "712370")
HANDLER = ("16900990050", "831951")
AT_ONCE = 12


class Storm:
    """What befalls a system; `servers` are killed in turn."""

    def __init__(
        self, system: System, *, chance: random.Random, servers: Sequence[OwnRedis | OwnPostgres]
    ) -> None:
        self.system, self.chance, self.servers = system, chance, servers
        self.killed: Counter[str] = Counter()

    async def rage(self, *, faults: int) -> None:
        while (so_far := self.killed.total()) < faults:
            if self.servers and self._servers_killed() < so_far // SERVER_EVERY:
                await self._kill_a_server()
            else:
                await self._kill_processes(most=faults - so_far)
        await self._ready()

    async def _kill_processes(self, *, most: int) -> None:
        """Some together, restarted at once; mostly while they work, now and then while they start."""
        names = self.chance.sample(list(self.system.parts), min(most, len(self.system.parts)))
        names = names[: self.chance.randint(1, len(names))]
        if self.chance.random() < 0.85:
            await asyncio.gather(*(self.system.wait_ready(name) for name in names))
            await asyncio.sleep(self.chance.random() * 0.4)
        for name in names:
            await self.system.kill(name)
            await self.system.launch(name)
            self.killed[name] += 1

    async def _kill_a_server(self) -> None:
        """While all are at work; who does not live through it is started again, as systemd does."""
        await self._ready()
        server = self.servers[self._servers_killed() % len(self.servers)]
        await asyncio.to_thread(server.kill)
        await asyncio.sleep(self.chance.random())
        await asyncio.to_thread(server.start)
        self.killed[type(server).__name__] += 1
        for name, part in self.system.parts.items():
            if not part.is_alive:
                await self.system.launch(name)

    def _servers_killed(self) -> int:
        return self.killed.total() - sum(self.killed[name] for name in self.system.parts)

    async def _ready(self) -> None:
        await asyncio.gather(*(self.system.wait_ready(name) for name in self.system.parts))


async def weathered(world: World, *, servers: Sequence[OwnRedis | OwnPostgres] = ()) -> None:
    seed = int(os.environ.get("MASHANG_SEED", "0")) or secrets.randbelow(10**9)
    chance = random.Random(seed)
    async with a_system(world) as system:
        await system.start()
        print(f"MASHANG_SEED={seed}")
        code = (await system.codes(region=VILLAGE, area="civil"))[0]["code"]
        chief, handler = [await bound(system, *person) for person in (CHIEF, HANDLER)]
        system.standin.pusher.retries = 100
        villagers = Villagers(system, code=code, chance=chance, at_once=AT_ONCE)
        living = asyncio.create_task(villagers.run())
        storm = Storm(system, chance=chance, servers=servers)
        await storm.rage(faults=FAULTS[world.name])
        villagers.stop.set()
        await living
        # what a killed worker held is taken again when its lease ends
        system.standin.clock.advance(30)
        async with a_house(world) as house:
            await settled()
            reports = await nothing_lost_and_nothing_twice(villagers.stories, house=house)
            told = await every_notice_is_settled(house, to={"staff": 1, "liaison": 1})
            photos = await every_photo_is_kept(house)
            events = await the_log_is_whole(house)
        print(f"{dict(storm.killed)}, {reports} reports, {photos} photos, told {dict(told)}, {events} events")
        assert len(storm.killed) == len(system.parts) + len(servers)
        assert reports >= FAULTS[world.name]
        for openid in (chief, handler):
            seen = [bubble for bubble in system.standin.people.get(openid).chat if bubble.kind == "template"]
            assert len(seen) == reports
        statuses = set().union(*(story.statuses for story in villagers.stories))
        assert statuses == {200}
        assert max(story.slowest for story in villagers.stories) < 5
        assert servers or "turn_failed" not in system.logs()


@pytest.mark.timeout(150 + 12 * FAULTS["sqlite"])
async def test_one_process_on_sqlite(templates: Templates, tmp_path: Path) -> None:
    async with a_world("sqlite", templates=templates, folder=tmp_path, is_sampled=True) as world:
        await weathered(world)


@pytest.mark.timeout(150 + 12 * FAULTS["postgres"])
async def test_all_processes_and_both_servers(
    templates: Templates, own_postgres: OwnPostgres, own_redis: OwnRedis, tmp_path: Path
) -> None:
    async with a_world("postgres", templates=templates, folder=tmp_path, is_sampled=True) as shared:
        url = await asyncio.to_thread(own_postgres.copy_of, shared.database_url, name="mashang")
    world = World(name="postgres", database_url=url, redis_url=own_redis.url, folder=tmp_path)
    await weathered(world, servers=[own_redis, own_postgres])


async def bound(system: System, phone: str, code: str) -> str:
    person = system.standin.add_person()
    await system.standin.follow(person.openid)
    push = await system.standin.say(person.openid, f"绑定 {phone} {code}")
    assert push.reply and "绑定成功" in push.reply["Content"], push
    return person.openid


async def settled() -> None:
    for _ in range(300):
        waiting = await OutboxNotice.filter(status=DeliveryStatus.WAITING).count()
        if not waiting:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"{waiting} notices are still waiting")
