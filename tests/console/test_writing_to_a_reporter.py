"""Writing a reply: drafts that survive, what the reporter will see, a second look, and two minutes to withdraw."""

import re

import pytest

from casework.careful import TextBetrays, warnings_of
from casework.errors import FieldWrong
from casework.reply import reply
from casework.take_back import take_back
from delivery.outbox import claim
from dossier.contents import all_said, latest_reply, told_to_reporter
from dossier.rows import report_key
from intake.draft import Identity
from models.choices import Channel
from models.event import Event
from models.message import Message
from models.outbox import OutboxNotice
from models.report import Report
from tests.casework.conftest import viewer

HELD = re.compile(r'name="message" value="([\w-]{22})"')


async def page_of(browser, report):
    await browser.get(f"/console/reports/{report.number}")
    return browser.text


async def test_what_was_written_is_there_again_after_the_session_was_lost(opened_browser, file):
    report = await file()
    path = f"/console/reports/{report.number}"
    first = await (await opened_browser()).sign_in("t-east-a")
    await page_of(first, report)
    assert (await first.post(f"{path}/draft", text="路灯的事正在问电力所，", quiet="yes")).status == 204
    again = await (await opened_browser()).sign_in("t-east-a")
    assert "路灯的事正在问电力所，" in await page_of(again, report)
    # it is theirs alone, and gone once sent
    colleague = await (await opened_browser()).sign_in("t-east-b")
    assert "电力所" not in await page_of(colleague, report)
    assert (await again.post(f"{path}/reply", text="路灯的事正在问电力所，下周答复。")).status == 303
    assert "草稿已存" not in await page_of(again, report)


async def test_whoever_may_not_see_the_report_keeps_no_draft_of_it(browser, file, office):
    report = await file(text="听说赵b拿了钱")
    await browser.sign_in("t-east-b")
    for what in ("draft", "preview"):
        answer = await browser.post(f"/console/reports/{report.number}/{what}", text="试试")
        assert answer.status == 404


async def test_a_preview_shows_what_the_reporter_will_see_and_sends_nothing(browser, file, office):
    report = await file(identity=Identity(name="段小满", phone="13811112222"))
    await browser.sign_in("t-east-a")
    await page_of(browser, report)
    path = f"/console/reports/{report.number}/preview"
    answer = await browser.post(path, text="段小满您好，举报的事在查，13811112222")
    assert answer.status == 200
    assert f"编号 {report.number} 的回复：\n段小满您好" in browser.text
    for warning in ("写到了“段小满”", "“举报”会让", "电话或者证件号码"):
        assert warning in browser.text
    assert not await OutboxNotice.filter(notice="report_reply").exists()
    await browser.post(path, text="路灯下周更换。")
    assert "请再看一遍" not in browser.text


async def test_a_text_that_betrays_is_held_back_once_and_then_goes(browser, file, office):
    report = await file()
    await browser.sign_in("t-east-a")
    await page_of(browser, report)
    path = f"/console/reports/{report.number}/reply"
    assert (await browser.post(path, text="已找何长河问过您举报的事", careful="yes")).status == 422
    assert "写到了“何长河”" in browser.text and "看过了，仍然发送" in browser.text
    form = form_of(browser.text)
    assert 'name="careful"' not in form and "已找何长河问过" in form
    assert not await OutboxNotice.filter(notice="report_reply").exists()
    assert (await browser.post(path, text="已找何长河问过您举报的事")).status == 303
    await page_of(browser, report)
    assert 'name="careful" value="yes"' in form_of(browser.text)


def form_of(page):
    """The form that sends a reply."""
    return page.partition('id="reply" method="post"')[2].partition("</form>")[0]


async def test_a_plain_reply_needs_no_second_look(county, file):
    report = await file()
    by = await viewer(county, "t-east-a")
    await reply(report.number, text="您反映的路灯下周更换，谢谢您。", careful="yes", by=by, house=county)
    assert await OutboxNotice.filter(notice="report_reply").count() == 1
    with pytest.raises(TextBetrays):
        await reply(report.number, text="投诉已收到", careful="yes", by=by, house=county)


async def test_a_liaison_must_not_even_read_that_there_is_a_report(county, file):
    report = await file()
    key = report_key(report, house=county)
    text = "请看看村口的路灯亮不亮，群众说坏了半年"
    assert warnings_of(text, report=report, key=key, house=county) == []
    assert warnings_of(text, report=report, key=key, house=county, to_liaison=True) != []


async def test_held_for_two_minutes_it_can_be_withdrawn_and_nobody_gets_it(
    browser, file, office, clock_moves
):
    report = await file()
    await browser.sign_in("t-east-a")
    await page_of(browser, report)
    path = f"/console/reports/{report.number}"
    await browser.post(f"{path}/reply", text="路灯今天就修好", hold="yes")
    page = await page_of(browser, report)
    assert "发出，发出前可以撤回" in page
    now = office.clock.now()
    assert await claim(by="w", limit=9, at=now) and not await left(report)
    shown = told_to_reporter((await all_said(report))[0], at=now)
    assert [said.speaker for said in shown] == ["me"]
    # an answer to something else does not push it out
    await reply(report.number, text="您好", by=await viewer(office, "t-east-b"), house=office)
    assert not await left(report)

    (message,) = HELD.findall(page)
    assert (await browser.post(f"{path}/take-back", message=message)).status == 303
    page = await page_of(browser, report)
    assert "发出前已撤回，对方看不到" in page and "撤回这条" not in page and page.count("路灯今天就修好") == 2
    clock_moves(minutes=3)
    shown = told_to_reporter((await all_said(report))[0], at=office.clock.now())
    assert message not in [said.id for said in shown]
    assert (await latest_reply(report, at=office.clock.now())).id != message
    assert (await OutboxNotice.get(message_id=message)).reason == "withdrawn"
    assert await Event.filter(action="report.take-back", object_id=message).count() == 1
    assert await Message.filter(id=message).exists()


async def left(report):
    """Whether the first reply was taken by a worker."""
    row = await OutboxNotice.filter(report_id=report.id, notice="report_reply").order_by("created_at").first()
    return row.tries > 0


async def test_after_two_minutes_it_leaves_and_stays_said(county, file, clock_moves):
    report = await file()
    by = await viewer(county, "t-east-a")
    await reply(report.number, text="路灯今天就修好", hold="yes", by=by, house=county)
    message = await Message.get(report_id=report.id, staff_id=by.staff_id)
    clock_moves(seconds=121)
    with pytest.raises(FieldWrong):
        await take_back(report.number, message=message.id, by=by, house=county)
    taken = await claim(by="w", limit=9, at=county.clock.now())
    assert message.id in {notice.message_id for notice in taken}
    assert (await latest_reply(report, at=county.clock.now())).id == message.id


async def test_only_its_writer_or_the_leader_withdraws_and_only_of_this_report(county, file):
    report, other = await file(), await file()
    by = await viewer(county, "t-east-a")
    await reply(report.number, text="路灯今天就修好", hold="yes", by=by, house=county)
    message = (await Message.get(report_id=report.id, staff_id=by.staff_id)).id
    for number, username in ((report.number, "t-east-b"), (other.number, "t-east-a")):
        with pytest.raises(FieldWrong):
            await take_back(number, message=message, by=await viewer(county, username), house=county)
    await take_back(report.number, message=message, by=await viewer(county, "t-east-l"), house=county)
    assert (await Message.get(id=message)).withdrawn_at is not None
    assert await Report.filter(id=report.id, status="received").exists()


async def test_a_template_is_filled_in_below_what_was_written(browser, file, office):
    report = await file()
    await browser.sign_in("t-east-a")
    text = "您在{地点}说的{领域}方面的事（{编号}），{机构}正在办。"
    await browser.get("/console/templates")
    assert (
        await browser.post("/console/templates", title="正在办", area="education", text=text)
    ).status == 303
    assert (await browser.post("/console/templates", title="坏的", area="", text="{姓名}您好")).status == 422
    assert "没有“{姓名}”这个填空" in browser.text
    await browser.post("/console/templates", title="林业的", area="forestry", text="树")
    page = await page_of(browser, report)
    assert "林业的" not in page
    (template,) = re.findall(r'<option value="([\w-]{22})">正在办', page)
    path = f"/console/reports/{report.number}"
    answer = await browser.post(f"{path}/draft", text="您好。", template=template)
    assert answer.headers["Location"] == f"{path}#reply"
    filled = f"您好。\n您在东河镇柳树村说的教育方面的事（{report.number}），东河镇纪委正在办。"
    assert filled in await page_of(browser, report)


async def test_templates_of_the_county_are_for_all_and_changed_by_their_own_body(opened_browser, office):
    county = await (await opened_browser()).sign_in("letters-a")
    await county.get("/console/templates")
    await county.post("/console/templates", title="区里的", area="", text="请拨打{电话}。")
    await county.get("/console/templates")
    (template,) = set(re.findall(r'name="of" value="([\w-]{22})"', county.text))
    east = await (await opened_browser()).sign_in("t-east-a")
    await east.get("/console/templates")
    assert "区里的" in east.text and template not in east.text
    answer = await east.post("/console/templates", of=template, title="改了", area="", text="好")
    assert answer.status == 422
    await county.post("/console/templates", of=template, title="区里的", area="", text="好", is_active="no")
    await county.get("/console/templates")
    assert "停用" in county.text


async def test_whoever_writes_sees_that_the_reporter_has_cut_the_chat_off(browser, file):
    report = await file()
    await Report.filter(id=report.id).update(channel=Channel.CHAT)
    await browser.sign_in("t-east-a")
    assert "会发到对方的微信里" in await page_of(browser, report)
    await Report.filter(id=report.id).update(reporter_index=None)
    page = await page_of(browser, report)
    assert "对方已断开微信联系" in page and "会发到对方的微信里" not in page
