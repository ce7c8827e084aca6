"""Conversations as people have them (tests/bot/stories/), told to the real callback on both databases."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from organisation.house import House
from tests.bot.storytelling import Stage, Story, Teller, a_stage, read_stories
from tests.conftest import World
from tests.factories import make_organisation
from tests.properties.soaking import SOAK

STORIES = read_stories()
SEEDS = range(20 * SOAK if SOAK > 1 else 1)
AT_ONCE = 8


@pytest.fixture
async def stage(house: House, world: World, request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    await make_organisation(house)
    async with a_stage(house, world.folder / "clock", seed=getattr(request, "param", 0)) as made:
        yield made


def failures(results: list[BaseException | None]) -> str:
    return "\n\n".join(f"{type(result).__name__}: {result}" for result in results if result is not None)


async def told(story: Story, stage: Stage, *, is_rough: bool) -> BaseException | None:
    try:
        await Teller(story, stage, is_rough=is_rough).tell()
    except Exception as wrong:
        return wrong
    return None


def test_there_are_many() -> None:
    assert all(story.promise for story in STORIES)
    assert len(STORIES) >= 60


@pytest.mark.timeout(180)
async def test_each_as_it_is_written(stage: Stage) -> None:
    results = [await told(story, stage, is_rough=False) for story in STORIES]
    assert not failures(results), failures(results)


@pytest.mark.timeout(180 * max(1, len(SEEDS)))
@pytest.mark.parametrize("stage", SEEDS, indirect=True)
async def test_all_at_once_with_repeats_delays_and_restarts(stage: Stage) -> None:
    """Whoever moves the clock has it alone."""
    order = stage.rand.sample(STORIES, len(STORIES))
    together = [story for story in order if not story.moves_time]
    room = asyncio.Semaphore(AT_ONCE)

    async def in_room(story: Story) -> BaseException | None:
        async with room:
            return await told(story, stage, is_rough=True)

    results = list(await asyncio.gather(*map(in_room, together)))
    results += [await told(story, stage, is_rough=True) for story in order if story.moves_time]
    assert not failures(results), failures(results)
