"""More people at once than can be answered in time: each hears that it came, nothing is lost, the answer follows."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from itertools import count
from typing import Any, cast

import orjson
import pytest

from bot import patience, shelf, texts
from bot.filing import gather
from bot.incoming import Incoming, parse
from bot.ledger import Ledger
from bot.shelf import Shelf
from bot.turnstile import Turnstile
from bot.waiting import Waiting
from clients.database import rows
from clients.wechat import WeChatAccount
from clients.writes import Write, write
from models.conversation import Conversation
from models.draft_piece import DraftPiece
from models.shelved import ShelvedPush
from organisation.house import House
from tests.bot.chatting import Villager, a_turnstile
from tests.bot.test_coming_back import Sending
from tests.factories import make_entry, make_organisation

MANY = 150
_ids = count(1)


class Sender(Villager):
    """Says things as WeChat pushes them."""

    async def push(self, **fields: Any) -> str:
        kind = fields.pop("kind")
        named = {"text": "Content", "event": "Event", "event_key": "EventKey"}
        raw = {"FromUserName": self.openid, "ToUserName": "gh_test", "MsgType": kind}
        raw |= {named[name]: value for name, value in fields.items()}
        raw |= {"CreateTime": next(_ids)} | ({} if kind == "event" else {"MsgId": str(next(_ids))})
        self.last = parse(orjson.dumps(raw))
        return await self.turnstile.take(self.last)


@pytest.fixture
async def blocked(house: House, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Turnstile]:
    """A turnstile in which somebody is stuck."""
    is_stuck = asyncio.Event()

    async def never(*_args: object) -> None:
        is_stuck.set()
        await asyncio.Event().wait()

    await make_organisation(house)
    async with a_turnstile(house) as made:
        monkeypatch.setattr(made, "_let_through", never)
        stuck = asyncio.create_task(Sender(made, "o-stuck").say("挤不进"))
        await is_stuck.wait()
        monkeypatch.setattr(patience, "SHELVED_AFTER_SECONDS", 0.05)
        yield made
        stuck.cancel()


async def worked_off(house: House) -> Sending:
    """By another process, after the first one died."""
    sending = Sending()
    async with a_turnstile(house) as another:
        there = Shelf(house.vault, house.clock)
        while await there.work_off(take=another.take_late, wechat=cast(WeChatAccount, sending)):
            pass
    return sending


async def test_a_crowd_is_told_that_it_came_and_answered_afterwards(blocked: Turnstile, house: House) -> None:
    entry = await make_entry()
    people = [Sender(blocked, f"o-crowd-{number}") for number in range(MANY)]
    leaving = Sender(blocked, "o-leaving")
    answers = await asyncio.gather(
        *(one.scan(entry.code) for one in people), leaving.push(kind="event", event="unsubscribe")
    )
    assert Counter(answers) == {texts.RECEIVED: MANY, "": 1}
    answers = await asyncio.gather(*(one.say(f"第一句{one.openid}") for one in people))
    answers += await asyncio.gather(*(one.say(f"第二句{one.openid}") for one in people))
    assert set(answers) == {texts.RECEIVED}
    assert await ShelvedPush.all().count() == 3 * MANY + 1 and not await DraftPiece.exists()
    assert "第一句" not in repr([bytes(row.sealed_body) for row in await ShelvedPush.all()])

    sending = await worked_off(house)
    assert not await ShelvedPush.exists()
    assert Counter(openid for openid, _ in sending.sent) == {one.openid: 3 for one in people}
    told = [words for openid, words in sending.sent if openid == "o-crowd-7"]
    assert "柳树村" in told[0] and "一共1条" in told[1] and "一共2条" in told[2]
    indexes = {house.vault.index("oa", one.openid): one.openid for one in people}
    talks = await Ledger(house.vault).lock(indexes, at=house.clock.now())
    for one in people:
        said = await gather(talks[house.vault.index("oa", one.openid)])
        assert said.text == f"第一句{one.openid}\n第二句{one.openid}"
    # an answer of staff still finds one
    assert {talk.window_left for talk in await Conversation.filter(is_following=True, window_left__gt=0)} == {
        4
    }


async def test_what_waits_behind_something_on_the_shelf_goes_behind_it(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await make_organisation(house)
    async with a_turnstile(house) as made:
        as_always, is_stuck, is_open = made._let_through, asyncio.Event(), asyncio.Event()

        async def when_it_opens(group: Sequence[Waiting]) -> None:
            is_stuck.set()
            await is_open.wait()
            await as_always(group)

        monkeypatch.setattr(made, "_let_through", when_it_opens)
        stuck = asyncio.create_task(Sender(made, "o-first").say("在前面"))
        await is_stuck.wait()
        villager = Sender(made, "o-order")
        said = [asyncio.create_task(villager.say(words)) for words in ("第一句", "第二句")]
        while made._queue.qsize() < len(said):
            await asyncio.sleep(0.001)
        made.shelf.put(made._queue._queue[0])  # type: ignore[attr-defined]
        is_open.set()
        assert await asyncio.gather(*said) == [texts.RECEIVED] * 2
        assert "一共1条" in await stuck
    sending = await worked_off(house)
    assert ["一共1条" in words for _, words in sending.sent] == [True, False]


async def test_what_was_worked_off_and_not_told_is_not_done_twice(blocked: Turnstile, house: House) -> None:
    entry = await make_entry()
    villager = Sender(blocked, "o-twice")
    assert await villager.scan(entry.code) == await villager.say("只说一句") == texts.RECEIVED
    async with a_turnstile(house) as another:
        assert villager.last is not None
        answer = await another.take_late(villager.last)
    sending = await worked_off(house)
    assert (villager.openid, answer) in sending.sent
    assert await DraftPiece.all().count() == 1


async def test_what_is_said_to_another_process_goes_behind_it(blocked: Turnstile, house: House) -> None:
    villager = Sender(blocked, "o-two")
    assert await villager.say("第一句") == texts.RECEIVED

    async with a_turnstile(house) as another:

        async def look() -> None:
            await another.shelf.work_off(take=no_turn, wechat=cast(WeChatAccount, Sending()))

        await look()
        villager.turnstile = another
        assert await villager.say("第二句") == texts.RECEIVED
        # told at once, before anybody has looked again
        assert await villager.say("第三句") == texts.RECEIVED
        await look()
        assert await villager.say("第四句") == texts.RECEIVED
        assert await Sender(another, "o-else").say("别的") != texts.RECEIVED
        sending = await worked_off(house)
        await look()
        assert "一共5条" in await villager.say("第五句")
    told = [words for openid, words in sending.sent if openid == "o-two"]
    assert [f"一共{number}条" in words for number, words in enumerate(told, start=1)] == [True] * 4
    assert await said_by("o-two", house) == "第一句\n第二句\n第三句\n第四句\n第五句"


async def test_they_are_worked_off_as_they_were_sent_whoever_keeps_them_first(
    blocked: Turnstile, house: House
) -> None:
    async with a_turnstile(house) as another:
        first, second = Sender(blocked, "o-two"), Sender(another, "o-two")
        waits = asyncio.create_task(first.say("第一句"))
        await asyncio.sleep(0)
        another.shelf._people.add(house.vault.index("oa", "o-two"))
        assert await second.say("第二句") == texts.RECEIVED
        assert await waits == texts.RECEIVED
    await worked_off(house)
    assert await said_by("o-two", house) == "第一句\n第二句"


async def test_whoever_is_put_there_while_somebody_looks_is_kept_back(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper, writing, may_write = Shelf(house.vault, house.clock), asyncio.Event(), asyncio.Event()
    before, meanwhile, stranger = (waiting(f"o-look-{number}", house) for number in range(3))

    async def slowly(*writes: Write) -> Sequence[Any]:
        writing.set()
        await may_write.wait()
        return await write(*writes)

    async def too_early(sql: str) -> Sequence[Any]:
        found = await rows(sql)
        may_write.set()
        assert await before.answer == texts.RECEIVED
        keeper.put(meanwhile)
        assert await meanwhile.answer == texts.RECEIVED
        return found

    monkeypatch.setattr(shelf, "write", slowly)
    monkeypatch.setattr(shelf, "rows", too_early)
    keeping = asyncio.create_task(keeper.keep_coming())
    keeper.put(before)
    await writing.wait()
    await keeper.work_off(take=no_turn, wechat=cast(WeChatAccount, Sending()))
    for one in (before, meanwhile):
        assert keeper.keeps_back(waiting(one.incoming.openid, house))
    assert not keeper.keeps_back(stranger)
    keeping.cancel()


async def no_turn(_incoming: Incoming) -> str:
    return texts.BUSY


def waiting(openid: str, house: House) -> Waiting:
    raw = {
        "FromUserName": openid,
        "MsgType": "text",
        "Content": "话",
        "CreateTime": 1,
        "MsgId": str(next(_ids)),
    }
    incoming = parse(orjson.dumps(raw))
    return Waiting(
        incoming=incoming,
        person_index=house.vault.index("oa", openid),
        key=house.vault.index("inbox", incoming.dedupe_key),
        answer=asyncio.get_running_loop().create_future(),
    )


async def said_by(openid: str, house: House) -> str:
    index = house.vault.index("oa", openid)
    talks = await Ledger(house.vault).lock({index: openid}, at=house.clock.now())
    return (await gather(talks[index])).text
