"""Words worked off on a remembered conversation: whatever another process did meanwhile, nothing is lost or doubled.

Two turnstiles remember for themselves, as two processes do.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any

import aiohttp
import pytest

from bot import texts
from bot.careful import CarefulGroup
from bot.desk import Desk
from bot.turnstile import Turnstile
from bot.waiting import Waiting
from clients.database import rows
from clients.wechat import WeChatAccount
from delivery.breaker import Breaker
from delivery.chat import Chat, mark_unfollowed
from delivery.quotas import Quotas
from delivery.refusals import Alarms
from models.conversation import Conversation
from models.draft_piece import DraftPiece
from models.inbox import InboxMessage
from models.message import Message
from models.report import Report
from organisation.house import House
from tests.bot.chatting import Villager, a_turnstile, number_in
from tests.factories import make_entry, make_organisation

OPENID = "o-villager-of-two"
REFUSING = {
    "sqlite": [
        """CREATE TRIGGER refusing BEFORE INSERT ON inbox_message
             BEGIN SELECT RAISE(ABORT, 'refused'); END"""
    ],
    "postgres": [
        """CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql
             AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$""",
        "CREATE TRIGGER refusing BEFORE INSERT ON inbox_message FOR EACH ROW EXECUTE FUNCTION refuse()",
    ],
}
ACCEPTING = {
    "sqlite": ["DROP TRIGGER refusing"],
    "postgres": ["DROP TRIGGER refusing ON inbox_message", "DROP FUNCTION refuse"],
}


@pytest.fixture
async def pair(house: House) -> AsyncIterator[list[Turnstile]]:
    await make_organisation(house)
    async with a_turnstile(house) as one, a_turnstile(house) as other:
        yield [one, other]


@pytest.fixture
def here(pair: list[Turnstile]) -> Villager:
    return Villager(pair[0], OPENID)


@pytest.fixture
def there(pair: list[Turnstile]) -> Villager:
    """The same person, whose pushes come to the other process."""
    return Villager(pair[1], OPENID)


async def conversation_of(openid: str, house: House) -> Conversation:
    return await Conversation.get(person_index=house.vault.index("oa", openid))


async def words_of(report: Report, house: House) -> str:
    message = await Message.get(report_id=report.id)
    key = house.vault.key(report.data_key, place=f"report:{report.id}:key")
    return key.open_text(bytes(message.sealed_text), place=f"message:{message.id}:text")


async def run_each(statements: list[str]) -> None:
    for statement in statements:
        await rows(statement)


async def test_words_need_no_care(here: Villager, monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(*_: Any) -> dict[str, str]:
        raise AssertionError("words alone must not take the careful way")

    monkeypatch.setattr(CarefulGroup, "work_off", never)
    entry = await make_entry()
    assert "柳树村" in await here.scan(entry.code)
    assert "一共1条" in await here.say("路灯坏了")
    assert "主要是关于谁" in await here.say("提交")


async def test_what_is_said_here_and_there_by_turns_is_one_report(
    here: Villager, there: Villager, house: House
) -> None:
    entry = await make_entry()
    await here.scan(entry.code)
    for number, word in enumerate(["路灯坏了", "坏了半年", "没人来修", "报过两次"], start=1):
        assert f"一共{number}条" in await [here, there][number % 2].say(word)
    await there.say("提交")
    await here.say("不针对个人")
    report = await Report.get(number=number_in(await there.say("匿名提交")))
    assert await words_of(report, house) == "路灯坏了\n坏了半年\n没人来修\n报过两次"
    assert "一共1条" in await here.say("还有一件事")


async def test_what_is_said_here_and_there_at_once_is_all_kept(here: Villager, there: Villager) -> None:
    entry = await make_entry()
    await asyncio.gather(here.scan(entry.code), there.scan(entry.code))
    for many in (2, 4, 6):
        await asyncio.gather(here.say(f"此处{many}"), there.say(f"彼处{many}"))
        assert await DraftPiece.all().count() == many
    counts = await asyncio.gather(*(one.say("又一句") for one in (here, there) * 3))
    assert {f"一共{number}条" in "".join(counts) for number in range(7, 13)} == {True}


async def test_somebody_new_here_and_there_at_once_has_one_conversation(
    here: Villager, there: Villager
) -> None:
    await asyncio.gather(*(one.say("路断了") for one in (here, there) * 4))
    assert (await Conversation.all().count(), await DraftPiece.all().count()) == (1, 8)


async def test_a_repeat_elsewhere_gets_the_same_answer(here: Villager, there: Villager) -> None:
    entry = await make_entry()
    await here.scan(entry.code)
    await there.say("先说一句")
    first = await here.say("路灯坏了")
    there.last = here.last
    assert await there.again() == first
    assert await here.again() == first
    assert await DraftPiece.all().count() == 2
    # the repeat has changed nothing that is remembered either
    assert "一共3条" in await there.say("还有")


async def test_repeats_at_once_here_and_there_are_one(here: Villager, there: Villager) -> None:
    entry = await make_entry()
    await here.scan(entry.code)
    first = asyncio.create_task(here.say("路灯坏了"))
    await asyncio.sleep(0)
    there.last = here.last
    answers = await asyncio.gather(first, there.again(), here.again(), there.again())
    assert len(set(answers)) == 1 and "一共1条" in answers[0]
    assert (await DraftPiece.all().count(), await InboxMessage.all().count()) == (1, 2)


async def test_one_who_has_spoken_elsewhere_holds_up_nobody(pair: list[Turnstile]) -> None:
    people = [Villager(pair[0], f"o-neighbour-{number}") for number in range(8)]
    await asyncio.gather(*(one.say("第一句") for one in people))
    elsewhere = Villager(pair[1], people[3].openid)
    await elsewhere.say("第二句")
    answers = await asyncio.gather(*(one.say("再说一句") for one in people))
    assert ["一共3条" in answer for answer in answers] == [number == 3 for number in range(8)]
    assert sum("一共2条" in answer for answer in answers) == 7


async def test_words_and_their_filing_may_wait_together(here: Villager, house: House) -> None:
    entry = await make_entry()
    await here.scan(entry.code)
    said = ("路灯坏了", "没人来修", "提交", "不针对个人", "匿名提交", "另一件事")
    answers = await asyncio.gather(*(here.say(word) for word in said))
    report = await Report.get(number=number_in(answers[4]))
    assert await words_of(report, house) == "路灯坏了\n没人来修"
    assert "一共1条" in answers[5]


async def test_a_filing_holds_up_nobody_but_who_files(
    pair: list[Turnstile], here: Villager, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_always, is_open = Desk._carefully, asyncio.Event()

    async def when_it_opens(desk: Desk, group: Sequence[Waiting]) -> dict[str, str]:
        await is_open.wait()
        return await as_always(desk, group)

    monkeypatch.setattr(Desk, "_carefully", when_it_opens)
    await here.scan((await make_entry()).code)
    for word in ("路灯坏了", "提交", "不针对个人"):
        await here.say(word)
    filing = asyncio.create_task(here.say("匿名提交"))
    neighbour = Villager(pair[0], "o-neighbour")
    assert "一共1条" in await neighbour.say("第一句")
    behind = asyncio.create_task(here.say("另一件事"))
    assert "一共2条" in await neighbour.say("第二句")
    assert not filing.done() and not behind.done()
    is_open.set()
    assert number_in(await filing)
    assert "一共1条" in await behind


async def test_what_delivery_spends_stays_spent(here: Villager, house: House) -> None:
    await here.say("路灯坏了")
    async with aiohttp.ClientSession() as http:
        account = WeChatAccount(appid="-", secret="-", http=http, base_url="http://127.0.0.1", redis=None)
        talk = await conversation_of(OPENID, house)
        chat = Chat(
            openid=OPENID,
            conversation=talk,
            wechat=account,
            alarms=Alarms(),
            breaker=Breaker(),
            quotas=Quotas(),
        )
        await chat._spend(kept=0)
        await chat._spend(kept=0)
    await mark_unfollowed(house.vault.index("oa", OPENID))
    # looking at a page opens no window, but the row is written
    await here.push(kind="event", event="view", event_key="page")
    talk = await conversation_of(OPENID, house)
    assert (talk.window_left, talk.is_following) == (3, False)


async def test_leaving_elsewhere_is_not_undone(here: Villager, there: Villager, house: House) -> None:
    entry = await make_entry()
    await here.scan(entry.code)
    await here.say("路灯坏了")
    await there.push(kind="event", event="unsubscribe", event_key="")
    assert await here.say("我又来了") == texts.NOTED_FIRST.format(count=1, kinds="") + texts.WHICH_VILLAGE
    talk = await conversation_of(OPENID, house)
    assert talk.sealed_openid is None
    assert [str(piece.kind) for piece in await DraftPiece.all()] == ["text"]


async def test_limits_count_what_is_said_elsewhere(here: Villager, there: Villager, house: House) -> None:
    await asyncio.gather(*([here, there][number % 2].push(kind="link") for number in range(20)))
    assert (await conversation_of(OPENID, house)).day_messages == 20


async def test_a_database_that_refuses_leaves_nothing_half_done(
    pair: list[Turnstile], here: Villager, world_name: str
) -> None:
    entry = await make_entry()
    await here.scan(entry.code)
    await here.say("路灯坏了")
    newcomer = Villager(pair[0], "o-newcomer")
    await run_each(REFUSING[world_name])
    answers = await asyncio.gather(here.say("没有记下的"), newcomer.say("没有记下的"))
    assert answers == [texts.BUSY, texts.BUSY]
    assert (await DraftPiece.all().count(), await Conversation.all().count()) == (1, 1)
    await run_each(ACCEPTING[world_name])
    # what was remembered of the turn that was not kept is gone as well
    assert "一共2条" in await here.again()
    assert "一共3条" in await here.say("第三句")
    assert "一共1条" in await newcomer.say("第一句")
