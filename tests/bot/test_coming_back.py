"""A receipt brings answers back to a chat whose link was cut, and to no other; a draft is asked about within limits."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import cast

import pytest

from bot.reminding import remind
from bot.shelf import Shelf
from bot.turnstile import Turnstile
from clients.wechat import WeChatAccount
from delivery.quotas import Quotas
from intake.draft import chat_reporter
from intake.relinking import LinkNotCut, relink
from models.conversation import Conversation
from models.report import Report
from organisation.house import House
from tests.bot.chatting import Villager, a_turnstile, receipt_in
from tests.conftest import World
from tests.factories import make_entry, make_organisation


class Sending:
    """What the platform would be told."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []

    async def send_text(self, openid: str, text: str) -> None:
        self.sent.append((openid, text))


@pytest.fixture
async def turnstile(house: House) -> AsyncIterator[Turnstile]:
    await make_organisation(house)
    async with a_turnstile(house) as made:
        yield made


@pytest.fixture
def villager(turnstile: Turnstile) -> Villager:
    return Villager(turnstile, "o-who-reported")


async def test_a_receipt_in_strange_hands_takes_nobodys_answers(villager: Villager, house: House) -> None:
    receipt = receipt_in(await villager.report((await make_entry()).code))
    stranger = Villager(villager.turnstile, "o-stranger")
    assert "在这里收答复" not in await stranger.say(receipt)
    with pytest.raises(LinkNotCut):
        await relink(await Report.get(), openid="o-stranger", conversation_id="x", house=house)
    report = await Report.get()
    assert report.reporter_index == chat_reporter(villager.openid, vault=house.vault)


async def test_what_a_receipt_opened_is_the_only_thing_it_opens(villager: Villager) -> None:
    entry = await make_entry()
    receipt = receipt_in(await villager.report(entry.code))
    await villager.report(entry.code, "另一件事")
    stranger = Villager(villager.turnstile, "o-stranger")
    await stranger.say(receipt)
    assert "已补充" not in await stranger.say("我的")
    await stranger.say("补充")
    assert "已补充到" in await stranger.say("替他补一句")
    await stranger.push(kind="event", event="unsubscribe")
    assert "没有提交过" in await stranger.say("补充")


async def draft_a_day_ago(villager: Villager, world: World, *, left: int) -> None:
    await villager.scan((await make_entry()).code)
    await villager.say("说到一半")
    await Conversation.all().update(window_left=left)
    (world.folder / "clock").write_text(str(timedelta(hours=25).total_seconds()))


@pytest.mark.parametrize(("left", "asked"), [(5, 1), (2, 1), (1, 0)])
async def test_the_last_message_is_staffs(
    villager: Villager, house: House, world: World, left: int, asked: int
) -> None:
    await draft_a_day_ago(villager, world, left=left)
    sending = Sending()
    for _ in range(2):
        await remind(house=house, wechat=cast(WeChatAccount, sending), quotas=Quotas())
    assert [openid for openid, _ in sending.sent] == [villager.openid] * asked
    assert (await Conversation.get()).window_left == left - asked


async def test_who_speaks_again_is_asked_again_a_day_later(
    villager: Villager, house: House, world: World
) -> None:
    await draft_a_day_ago(villager, world, left=5)
    sending = Sending()
    await remind(house=house, wechat=cast(WeChatAccount, sending), quotas=Quotas())
    await villager.say("又说一句")
    await remind(house=house, wechat=cast(WeChatAccount, sending), quotas=Quotas())
    assert len(sending.sent) == 1
    (world.folder / "clock").write_text(str(timedelta(hours=51).total_seconds()))
    await remind(house=house, wechat=cast(WeChatAccount, sending), quotas=Quotas())
    assert len(sending.sent) == 2


@pytest.mark.parametrize("scan", [True, False])
async def test_only_who_follows_again_can_be_written_to(
    villager: Villager, house: House, world: World, scan: bool
) -> None:
    entry = await make_entry()
    await villager.scan(entry.code)
    await villager.push(kind="event", event="unsubscribe")
    await villager.say("迟到的一句")
    assert (await Conversation.get()).sealed_openid is None
    await villager.push(kind="event", event="subscribe", event_key=entry.code if scan else "")
    await villager.say("回来又说一句")
    assert (await Conversation.get()).sealed_openid is not None
    (world.folder / "clock").write_text(str(timedelta(hours=25).total_seconds()))
    sending = Sending()
    await remind(house=house, wechat=cast(WeChatAccount, sending), quotas=Quotas())
    assert [openid for openid, _ in sending.sent] == [villager.openid]


@pytest.mark.parametrize(("left", "told"), [(2, 1), (1, 0)])
async def test_an_answer_that_comes_late_leaves_the_last_message_to_staff(
    villager: Villager, house: House, left: int, told: int
) -> None:
    await villager.say("村里的路断了")
    await Conversation.all().update(window_left=left)
    sending = Sending()
    shelf = Shelf(house.vault, house.clock)
    wechat = cast(WeChatAccount, sending)
    await shelf._tell(villager.openid, "记下了", wechat=wechat, at=house.clock.now())
    assert len(sending.sent) == told
    assert (await Conversation.get()).window_left == 1
