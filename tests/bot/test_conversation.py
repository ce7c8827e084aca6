"""From scan to receipt and back by receipt, at the turnstile, on both databases."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.turnstile import Turnstile
from models.attachment import Attachment
from models.body import Body
from models.choices import Level
from models.conversation import Conversation
from models.draft_piece import DraftPiece
from models.inbox import InboxMessage
from models.liaison import Liaison
from models.message import Message
from models.outbox import OutboxNotice
from models.report import Report
from models.staff import Staff
from organisation.credentials import account_index, bind_code_index
from organisation.house import House
from organisation.receipts import make_receipt
from tests.bot.chatting import Villager, a_turnstile, number_in, receipt_in
from tests.factories import bind_liaison, bind_staff, make_entry, make_organisation


@pytest.fixture
async def turnstile(house: House) -> AsyncIterator[Turnstile]:
    await make_organisation(house)
    async with a_turnstile(house) as made:
        yield made


@pytest.fixture
def villager(turnstile: Turnstile) -> Villager:
    return Villager(turnstile, "o-villager-one")


async def text_of(report: Report, house: House) -> str:
    message = await Message.filter(report_id=report.id).order_by("said_at").first()
    assert message is not None
    key = house.vault.key(report.data_key, place=f"report:{report.id}:key")
    return key.open_text(message.sealed_text, place=f"message:{message.id}:text")


async def test_a_scan_says_where_one_is_and_about_what(villager: Villager) -> None:
    entry = await make_entry()
    answer = await villager.scan(entry.code)
    assert "柳树村" in answer and "东河镇" in answer and "教育" in answer and "可以匿名" in answer


async def test_from_scan_to_receipt_and_progress(villager: Villager, house: House) -> None:
    entry = await make_entry()
    await villager.scan(entry.code)
    assert "1 提交" in await villager.say("小学食堂的饭钱")
    await villager.say("多收了三个月")
    who = await villager.say("1")
    assert [line for line in who.splitlines() if line[:1].isdigit()] == [
        f"{n} {level.label}" for n, level in enumerate(Level, start=1)
    ]
    how = await villager.say("6")
    assert "1 匿名提交" in how and "2 实名提交" in how and "3 取消" in how
    filed = await villager.say("1")
    report = await Report.get(number=number_in(filed))
    assert (report.owner_id, str(report.status), str(report.level)) == ("T-EAST", "received", "none")
    assert not report.is_named and report.sealed_identity is None
    assert await text_of(report, house) == "小学食堂的饭钱\n多收了三个月"
    assert await DraftPiece.all().count() == 0
    await villager.say("查询")
    progress = await villager.say(receipt_in(filed))
    assert report.number in progress and "已接收" in progress


async def test_who_files_is_told_how_to_clear_the_chat(villager: Villager) -> None:
    assert "回复“删除”" in await villager.report((await make_entry()).code)
    told = await villager.say("删除")
    assert all(words in told for words in ("手机会被别人拿去翻看", "抄在别处", "点“删除该聊天”"))
    assert len(told.encode()) < 2000


async def test_named_asks_for_name_then_telephone(villager: Villager, house: House) -> None:
    entry = await make_entry()
    await villager.scan(entry.code)
    await villager.say("学费收据对不上")
    await villager.say("提交")
    await villager.say("村干部")
    assert "姓名" in await villager.say("实名提交")
    assert "姓名" in await villager.say("13912345678")
    assert "电话" in await villager.say("林秋水")
    assert "电话" in await villager.say("没有电话")
    report = await Report.get(number=number_in(await villager.say("139 1234 5678")))
    key = house.vault.key(report.data_key, place=f"report:{report.id}:key")
    identity = key.open_json(report.sealed_identity, place=f"report:{report.id}:identity")
    assert identity == {"name": "林秋水", "phone": "13912345678"}
    assert report.phone_index == house.vault.index("phone", "13912345678")


async def test_a_repeated_push_gets_the_same_answer_and_does_nothing_twice(villager: Villager) -> None:
    entry = await make_entry()
    filed = await villager.report(entry.code)
    assert await asyncio.gather(*(villager.again() for _ in range(5))) == [filed] * 5
    assert await Report.all().count() == 1


async def test_concurrent_repeats_of_words_are_one_piece(villager: Villager) -> None:
    entry = await make_entry()
    await villager.scan(entry.code)
    await villager.say("第一句")
    await asyncio.gather(*(villager.again() for _ in range(8)))
    assert await DraftPiece.all().count() == 1


async def test_a_photo_waits_to_be_fetched_and_goes_with_the_report(villager: Villager) -> None:
    entry = await make_entry()
    await villager.scan(entry.code)
    await villager.photo()
    await villager.say("提交")
    await villager.say("说不清")
    report = await Report.get(number=number_in(await villager.say("匿名提交")))
    attachment = await Attachment.get()
    assert attachment.report_id == report.id and attachment.is_under_report
    assert attachment.conversation_id is None
    assert report.owner_id == "LETTERS"


async def test_cancel_forgets_and_says_so(villager: Villager) -> None:
    entry = await make_entry()
    await villager.scan(entry.code)
    await villager.say("修路的钱不对")
    await villager.photo()
    assert "2条" in await villager.say("取消")
    assert await DraftPiece.all().count() == 0 and await Attachment.all().count() == 0


async def test_words_before_a_scan_are_kept(villager: Villager, house: House) -> None:
    entry = await make_entry()
    assert "哪个村" in await villager.say("有人把林地占了")
    assert "还差一步" in await villager.say("提交")
    assert "1条都还在" in await villager.say(entry.code.lower())
    await villager.say("提交")
    await villager.say("不针对个人")
    report = await Report.get(number=number_in(await villager.say("匿名提交")))
    assert await text_of(report, house) == "有人把林地占了"


async def test_what_was_said_survives_a_restart(house: House) -> None:
    await make_organisation(house)
    entry = await make_entry()
    async with a_turnstile(house) as before:
        one = Villager(before, "o-restart")
        await one.scan(entry.code)
        await one.say("重启以前说的")
    async with a_turnstile(house) as after:
        two = Villager(after, "o-restart")
        await two.say("提交")
        await two.say("不针对个人")
        report = await Report.get(number=number_in(await two.say("匿名提交")))
    assert await text_of(report, house) == "重启以前说的"


async def test_about_the_city_head_nothing_is_stored(villager: Villager, house: House) -> None:
    entry = await make_entry()
    city_leader = await Staff.get(username="city-l")
    answer = await villager.report(entry.code, f"市纪委书记{city_leader.name}收钱", about="纪检监察干部")
    if await Report.all().count() == 0:
        assert "12388" in answer
    else:
        assert (await Report.get()).owner_id not in {"T-EAST", "T-WEST"}


async def test_alerts_go_to_the_owner_and_to_a_liaison_only_for_no_person(
    villager: Villager, house: House
) -> None:
    entry = await make_entry()
    leader = await Staff.get(username="t-east-l")
    other = await Staff.get(username="t-west-l")
    chief = await Liaison.get(phone="13900000001")
    await bind_staff(house, leader, openid="o-leader")
    await bind_staff(house, other, openid="o-other")
    await bind_liaison(house, chief, openid="o-chief")
    await house.organisation.refresh()
    await villager.report(entry.code, about="不针对个人")
    await villager.report(entry.code, about="村干部")
    notices = await OutboxNotice.all()
    assert sorted((n.staff_id, n.liaison_id) for n in notices if n.staff_id) == [(leader.id, None)] * 2
    assert [n.liaison_id for n in notices if n.liaison_id] == [chief.id]


async def test_too_many_messages_are_refused_politely(villager: Villager, house: House) -> None:
    entry = await make_entry()
    await villager.scan(entry.code)
    answers = await asyncio.gather(*(villager.say(f"第{n}句") for n in range(70)))
    assert sum("太快" in answer for answer in answers) == 10


async def test_binding_needs_the_right_code_once(villager: Villager, house: House) -> None:
    chief = await Liaison.get(phone="13900000001")
    chief.bind_code_index = bind_code_index("AB12CD", vault=house.vault)
    await chief.save()
    assert "不对" in await villager.say("绑定 13900000001 WRONG1")
    assert "何长河" in await villager.say("绑定 13900000001 ab12cd")
    assert "不对" in await villager.say("绑定 13900000001 ab12cd")
    await chief.refresh_from_db()
    assert chief.openid_index == account_index(villager.openid, vault=house.vault)


async def test_binding_takes_what_a_phone_types(villager: Villager, house: House) -> None:
    chief = await Liaison.get(phone="13900000001")
    chief.bind_code_index = bind_code_index("712370", vault=house.vault)
    await chief.save()
    assert "请这样发" in await villager.say("绑定")
    assert "请这样发" in await villager.say("绑定 13900000001")
    assert "何长河" in await villager.say("绑定　139-0000-0001　７１２３７０")


async def test_a_report_may_begin_with_the_word_for_binding(villager: Villager) -> None:
    await villager.scan((await make_entry()).code)
    assert "一共1条" in await villager.say("绑定银行卡的补贴没到账")
    assert "一共2条" in await villager.say("绑定 银行卡 三次都没用")


async def test_unfollowing_cuts_the_link(villager: Villager, house: House) -> None:
    entry = await make_entry()
    filed = await villager.report(entry.code)
    await villager.push(kind="event", event="unsubscribe")
    report = await Report.get()
    key = house.vault.key(report.data_key, place=f"report:{report.id}:key")
    assert report.reporter_index is None
    assert key.open_json(report.sealed_reporter, place=f"report:{report.id}:reporter")["openid"] is None
    conversation = await Conversation.get()
    assert conversation.sealed_openid is None and not conversation.is_following
    assert report.number in await villager.say(receipt_in(filed))


async def test_every_inbox_row_holds_only_sealed_words(villager: Villager) -> None:
    await villager.say("一句谁也不该看到的话")
    row = await InboxMessage.get()
    assert row.sealed_body is None and row.sealed_answer is not None
    assert "谁也".encode() not in bytes(row.sealed_answer)
    assert await Body.all().count() > 0


async def test_guessing_receipts_is_slowed_and_then_refused(villager: Villager, house: House) -> None:
    entry = await make_entry()
    receipt = receipt_in(await villager.report(entry.code))
    for _ in range(4):
        assert "没有找到" in await villager.say(make_receipt())
    # the fifth within a minute of the fourth has to wait, the right one too
    assert "请过1分钟" in await villager.say(make_receipt())
    assert "请过1分钟" in await villager.say(receipt)
    for _ in range(5):
        await villager.say(make_receipt())
    assert "请过" in await villager.say(receipt)
    stranger = Villager(villager.turnstile, "o-somebody-else")
    assert "进度" in await stranger.say(receipt)


async def test_a_receipt_with_a_wrong_check_digit_is_a_try_like_any_other(villager: Villager) -> None:
    entry = await make_entry()
    receipt = receipt_in(await villager.report(entry.code))
    mistyped = receipt[:-1] + str((int(receipt[-1]) + 1) % 10)
    await villager.say("查询")
    for _ in range(4):
        assert "没有找到" in await villager.say(mistyped)
    assert "请过1分钟" in await villager.say(mistyped)
    assert "16位" in await villager.say(receipt[:-1])


async def test_the_whole_line_of_a_choice_chooses_it(villager: Villager) -> None:
    entry = await make_entry()
    await villager.scan(entry.code)
    await villager.say("村里的路灯坏了半年没人修")
    assert "7 说不清" in await villager.say("1 提交")
    # another number's words are something said, not a choice
    assert "这句也记下了" in await villager.say("1 不针对个人")
    assert "1 匿名提交" in await villager.say("6 不针对个人")
    assert "编号：" in await villager.say("１．匿名提交")


async def test_a_mistyped_code_is_no_report(villager: Villager) -> None:
    entry = await make_entry()
    wrong = entry.code[:-1] + ("A" if entry.code[-1] != "A" else "B")
    assert "没有找到这个码" in await villager.say(wrong)
    assert await DraftPiece.all().count() == 0


async def test_the_name_of_a_place_is_not_what_somebody_said(villager: Villager) -> None:
    """Photos alone about nobody knows whom go to the letters room, wherever the phone says they were taken."""
    entry = await make_entry()
    await villager.scan(entry.code)
    await villager.photo()
    await villager.push(kind="location", latitude=30.1, longitude=104.2, label="东河镇政府")
    await villager.say("提交")
    await villager.say("说不清")
    report = await Report.get(number=number_in(await villager.say("匿名提交")))
    assert report.owner_id == "LETTERS"
