"""More people at once than can be answered in time: each hears that it came, nothing is lost, the answer follows."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from itertools import count
from typing import Any, cast

import orjson
import pytest

from bot import patience, texts
from bot.filing import gather
from bot.incoming import parse
from bot.ledger import Ledger
from bot.shelf import Shelf
from bot.turnstile import Turnstile
from clients.wechat import WeChatAccount
from models.conversation import Conversation
from models.draft_piece import DraftPiece
from models.shelved import ShelvedPush
from organisation.house import House
from tests.bot.chatting import Villager, a_turnstile
from tests.bot.test_coming_back import Sending
from tests.factories import make_entry, make_organisation

MANY, IN_TIME = 150, 64
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
    """A turnstile that lets nobody through."""

    async def never(*_args: object) -> None:
        await asyncio.Event().wait()

    await make_organisation(house)
    monkeypatch.setattr(patience, "SHELVED_AFTER_SECONDS", 0.05)
    async with a_turnstile(house) as made:
        monkeypatch.setattr(made, "_let_through", never)
        yield made


async def worked_off(house: House) -> Sending:
    """By another process, after the first one died."""
    sending = Sending()
    async with a_turnstile(house) as another:
        shelf = Shelf(house.vault, house.clock)
        while await shelf.work_off(take=another.take_late, wechat=cast(WeChatAccount, sending)):
            pass
    return sending


async def test_a_crowd_is_told_that_it_came_and_answered_afterwards(blocked: Turnstile, house: House) -> None:
    entry = await make_entry()
    people = [Sender(blocked, f"o-crowd-{number}") for number in range(MANY)]
    leaving = Sender(blocked, "o-leaving")
    stuck = [asyncio.create_task(Sender(blocked, f"o-stuck-{n}").say("挤不进")) for n in range(IN_TIME)]
    await asyncio.sleep(0)
    answers = await asyncio.gather(
        *(one.scan(entry.code) for one in people), leaving.push(kind="event", event="unsubscribe")
    )
    assert Counter(answers) == {texts.RECEIVED: MANY, "": 1}
    answers = await asyncio.gather(*(one.say(f"第一句{one.openid}") for one in people))
    answers += await asyncio.gather(*(one.say(f"第二句{one.openid}") for one in people))
    assert set(answers) == {texts.RECEIVED}
    assert await ShelvedPush.all().count() == 3 * MANY + 1 and not await DraftPiece.exists()
    assert "第一句" not in repr([bytes(row.sealed_body) for row in await ShelvedPush.all()])
    for task in stuck:
        task.cancel()

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


async def test_what_was_worked_off_and_not_told_is_not_done_twice(blocked: Turnstile, house: House) -> None:
    entry = await make_entry()
    stuck = [asyncio.create_task(Sender(blocked, f"o-stuck-{n}").say("挤不进")) for n in range(IN_TIME)]
    await asyncio.sleep(0)
    villager = Sender(blocked, "o-twice")
    assert await villager.scan(entry.code) == await villager.say("只说一句") == texts.RECEIVED
    for task in stuck:
        task.cancel()
    async with a_turnstile(house) as another:
        assert villager.last is not None
        answer = await another.take_late(villager.last)
    sending = await worked_off(house)
    assert (villager.openid, answer) in sending.sent
    assert await DraftPiece.all().count() == 1
