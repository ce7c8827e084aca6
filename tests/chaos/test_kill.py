"""`web` and `worker` killed with SIGKILL at random moments under load lose nothing and file nothing twice."""

import asyncio
import os
import random
import secrets

import pytest

from models.choices import DeliveryStatus
from models.outbox import OutboxNotice
from tests.chaos.reconciling import (
    every_notice_is_settled,
    every_photo_is_kept,
    nothing_lost_and_nothing_twice,
)
from tests.chaos.villagers import Villagers
from tests.conftest import World, a_house
from tests.journeys.system import System, a_system

SOAK = max(1, int(os.environ.get("MASHANG_SOAK", "1")))
KILLS = 30 if SOAK == 1 else 50 * SOAK
VILLAGE = "990121101201"
CHIEF = ("16900991001", "712370")
HANDLER = ("16900990050", "831951")
AT_ONCE = 12


@pytest.mark.timeout(150 + 12 * KILLS)
async def test_killed_at_random_moments(sampled_world: World) -> None:
    seed = int(os.environ.get("MASHANG_SEED", "0")) or secrets.randbelow(10**9)
    chance = random.Random(seed)
    async with a_system(sampled_world) as system:
        await system.start()
        print(f"MASHANG_SEED={seed}")
        code = (await system.codes(region=VILLAGE, area="civil"))[0]["code"]
        chief, handler = [await bound(system, *person) for person in (CHIEF, HANDLER)]
        system.standin.pusher.retries, villagers = (
            100,
            Villagers(system, code=code, chance=chance, at_once=AT_ONCE),
        )
        living = asyncio.create_task(villagers.run())
        await killing(system, chance=chance)
        villagers.stop.set()
        await living
        # what a killed worker held is taken again when its lease ends
        system.standin.clock.advance(30)
        async with a_house(sampled_world) as house:
            await settled()
            reports = await nothing_lost_and_nothing_twice(villagers.stories, house=house)
            told = await every_notice_is_settled(house, to={"staff": 1, "liaison": 1})
            photos = await every_photo_is_kept(house)
        print(f"{KILLS} kills, {reports} reports, {photos} photos, told {dict(told)}")
        assert reports >= KILLS
        for openid in (chief, handler):
            seen = [bubble for bubble in system.standin.people.get(openid).chat if bubble.kind == "template"]
            assert len(seen) == reports
        statuses = set().union(*(story.statuses for story in villagers.stories))
        assert statuses == {200}
        assert max(story.slowest for story in villagers.stories) < 5
        assert "turn_failed" not in system.logs()


async def bound(system: System, phone: str, code: str) -> str:
    person = system.standin.add_person()
    await system.standin.follow(person.openid)
    push = await system.standin.say(person.openid, f"绑定 {phone} {code}")
    assert push.reply and "绑定成功" in push.reply["Content"], push
    return person.openid


async def killing(system: System, *, chance: random.Random) -> None:
    """Restarted at once; mostly killed while it works, now and then while it starts."""
    names = list(system.parts)
    for _ in range(KILLS):
        name = chance.choice(names)
        if chance.random() < 0.85:
            await system.wait_ready(name)
            await asyncio.sleep(chance.random() * 0.6)
        await system.kill(name)
        await system.launch(name)
    for name in names:
        await system.wait_ready(name)


async def settled() -> None:
    for _ in range(300):
        waiting = await OutboxNotice.filter(status=DeliveryStatus.WAITING).count()
        if not waiting:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"{waiting} notices are still waiting")
