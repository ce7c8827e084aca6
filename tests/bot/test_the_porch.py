"""Who comes for the first time is looked up before the turnstile, in the order of what they say."""

import asyncio
from collections.abc import Collection
from typing import Any

import pytest

from bot.ledger import Ledger
from bot.talks import Talk
from models.draft_piece import DraftPiece
from organisation.house import House
from tests.bot.chatting import Villager, a_turnstile
from tests.factories import make_organisation


async def test_nobody_at_the_turnstile_waits_for_the_looking_up_of_another(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await make_organisation(house)
    looking, may_end, as_always = asyncio.Event(), asyncio.Event(), Ledger.find

    async def slowly(self: Ledger, people: Collection[str]) -> dict[str, Talk]:
        if house.vault.index("oa", "o-new") in people and not may_end.is_set():
            looking.set()
            await may_end.wait()
        return await as_always(self, people)

    async with a_turnstile(house) as turnstile:
        known, newcomer = Villager(turnstile, "o-known"), Villager(turnstile, "o-new")
        await known.say("第一句")
        monkeypatch.setattr(Ledger, "find", slowly)
        said = [asyncio.create_task(newcomer.say(words)) for words in ("甲", "乙")]
        await looking.wait()
        said.append(asyncio.create_task(newcomer.say("丙")))
        assert "一共2条" in await asyncio.wait_for(known.say("第二句"), 10)
        may_end.set()
        assert ["一共1条" in answer for answer in await asyncio.gather(*said)] == [True, False, False]
        assert "一共3条" in await said[2]


async def test_what_is_said_while_an_earlier_word_is_looked_up_comes_behind_it(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the first word of somebody is let on and remembered before the second one is."""
    await make_organisation(house)
    async with a_turnstile(house) as turnstile:
        villager = Villager(turnstile, "o-many")
        said = []
        for number in range(1, 40):
            said.append(asyncio.create_task(villager.say(f"第{number}句")))
            await asyncio.sleep(0.0005)
        answers = await asyncio.gather(*said)
    assert [f"一共{number}条" in answer for number, answer in enumerate(answers, start=1)] == [True] * 39
    assert await DraftPiece.all().count() == 39


async def test_a_look_that_fails_keeps_nobody_else_out(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    await make_organisation(house)
    failed: list[Collection[str]] = []
    as_always = Ledger.find

    async def fails_once(self: Ledger, people: Collection[str]) -> Any:
        if not failed:
            failed.append(people)
            raise RuntimeError("what nobody foresaw")
        return await as_always(self, people)

    async with a_turnstile(house) as turnstile:
        monkeypatch.setattr(Ledger, "find", fails_once)
        assert "一共1条" in await Villager(turnstile, "o-one").say("第一句")
        assert "一共1条" in await Villager(turnstile, "o-two").say("第一句")
    assert failed
