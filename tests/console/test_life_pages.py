"""The forms that bring a report from 已受理 to 已反馈, as a machine follows them."""

import re
from datetime import timedelta

import pytest

from casework.accept import accept
from casework.climbing import climb_due
from casework.transfer import transfer
from models.event import Event
from models.report import Report
from models.staff import Staff
from organisation.live import raise_version
from tests.casework.conftest import viewer
from tests.casework.living import brought_to
from tests.console.test_moving_pages import offers, options

WHY = "有查证条件，拟初步核实。"


@pytest.fixture
async def accepted(office, file):
    async def make(kind="clue"):
        report = await file()
        await accept(report.number, kind=kind, by=await viewer(office, "t-east-a"), house=office)
        return report.number

    return make


async def test_a_handler_proposes_a_leader_approves_and_the_villager_hears(opened_browser, accepted):
    number = await accepted()
    here = f"/console/reports/{number}"
    handler, leader = await opened_browser(), await opened_browser()
    await handler.sign_in("t-east-a")
    await handler.get(here)
    assert options(handler.text, "dispose", "disposition") == ["", "talk", "verify", "hold", "dismiss"]
    answer = await handler.post(f"{here}/dispose", disposition="dismiss", text=WHY, study="")
    assert answer.status == 422 and "集体研究" in handler.text and f">{WHY}</textarea>" in handler.text
    answer = await handler.post(f"{here}/dispose", disposition="hold", text=WHY, review_on="2020-01-01")
    assert answer.status == 422 and 'value="2020-01-01"' in handler.text
    answer = await handler.post(f"{here}/dispose", disposition="verify", text=WHY)
    assert (answer.status, answer.headers["Location"]) == (303, here)
    await handler.get(here)
    assert "待批准" in handler.text and not offers(handler.text, number, "approve")
    assert (await handler.post(f"{here}/approve")).status == 409

    await leader.sign_in("t-east-l")
    await leader.get("/console/reports")
    assert "等待您批准" in leader.text
    await leader.get(here)
    assert offers(leader.text, number, "approve") and offers(leader.text, number, "send-back")
    assert WHY in leader.text and "赵a" in leader.text
    assert not offers(leader.text, number, "dispose")
    assert (await leader.post(f"{here}/send-back", reason="")).status == 422
    assert (await leader.post(f"{here}/approve")).status == 303
    assert (await leader.post(f"{here}/approve")).status == 409

    await handler.get(here)
    assert offers(handler.text, number, "conclude") and not offers(handler.text, number, "dispose")
    assert (await handler.post(f"{here}/conclude", text=" ")).status == 422
    assert (await handler.post(f"{here}/conclude", text="查实两笔，已经退还。")).status == 303
    await handler.get(here)
    assert offers(handler.text, number, "feedback") and not offers(handler.text, number, "conclude")
    assert (await handler.post(f"{here}/feedback", text="两笔钱已经退还到账上。")).status == 303
    await handler.get(here)
    assert "已反馈" in handler.text and "两笔钱已经退还到账上。" in handler.text
    assert (await Report.get(number=number)).status == "fed_back"


async def test_the_office_approves_where_the_township_has_no_leader(opened_browser, accepted, office):
    number = await accepted()
    here = f"/console/reports/{number}"
    await Staff.filter(username="t-east-l").update(is_active=False)
    await raise_version(at=office.clock.now())
    await office.organisation.refresh()
    handler, above, other = await opened_browser(), await opened_browser(), await opened_browser()
    await handler.sign_in("t-east-a")
    assert (await handler.post(f"{here}/dispose", disposition="talk", text=WHY)).status == 303
    await above.sign_in("office-1-l")
    assert "等待您批准" in above.text and above.rows() == []
    await above.get(here)
    assert WHY in above.text
    for action in ("recuse", "reply", "transfer", "lift", "conclude"):
        assert not offers(above.text, number, action)
    await other.sign_in("office-1-a")
    assert (await other.get(here)).status == 404 and (await other.post(f"{here}/approve")).status == 404
    answer = await above.post(f"{here}/approve")
    assert answer.headers["Location"] == "/console/reports?done=approve"
    assert (await above.get(here)).status == 404
    assert await Event.filter(action="report.approve", actor__startswith="staff:").count() == 1


async def test_a_leader_extends_and_stops_the_clock(browser, office, file):
    report = await brought_to("approve", await file(), house=office)
    here = f"/console/reports/{report.number}"
    await browser.sign_in("t-east-l")
    await browser.get(here)
    assert offers(browser.text, report.number, "extend") and offers(browser.text, report.number, "pause")
    assert (await browser.post(f"{here}/pause", reason="等鉴定", until="1999-01-01")).status == 422
    until = (office.clock.now() + timedelta(days=9)).date().isoformat()
    assert (await browser.post(f"{here}/extend", reason="人在外地")).status == 303
    assert (await browser.post(f"{here}/pause", reason="等鉴定", until=until)).status == 303
    await browser.get(here)
    assert "计时已暂停" in browser.text and "等鉴定" in browser.text and "人在外地" in browser.text
    for gone in ("extend", "pause"):
        assert not offers(browser.text, report.number, gone)
    assert (await browser.post(f"{here}/resume")).status == 303
    assert (await browser.post(f"{here}/resume")).status == 409


async def test_a_row_is_urged_and_its_answer_read_on_the_ledger(opened_browser, office, file):
    report = await file()
    above, below = await opened_browser(), await opened_browser()
    await above.sign_in("cases-a")
    row = f"/console/ledger?number={report.number}"
    await above.get(row)
    assert offers(above.text, report.number, "urge")
    answer = await above.post(f"/console/reports/{report.number}/urge", text="", due_on="")
    assert answer.status == 422
    answer = await above.post(
        f"/console/reports/{report.number}/urge", text="请报告进展", due_on="", **{"from": "ledger"}
    )
    assert answer.headers["Location"] == "/console/ledger?done=urge"
    await below.sign_in("t-east-a")
    here = f"/console/reports/{report.number}"
    await below.get(here)
    assert offers(below.text, report.number, "answer-urge") and "请报告进展" in below.text
    assert (await below.post(f"{here}/answer-urge", text="正在核对账目")).status == 303
    await above.get(row)
    assert "正在核对账目" in above.text and "村口的路灯" not in above.text


async def test_the_ledger_shows_first_what_climbed(opened_browser, office, file):
    report = await file()
    late = office.clock.now() - timedelta(days=30)
    await Report.filter(id=report.id).update(due_at=late)
    await climb_due(house=office)
    for username in ("office-1-l", "cases-a"):
        browser = await (await opened_browser()).sign_in(username)
        await browser.get("/console/ledger")
        assert "超期上报" in browser.text and f"/console/ledger?number={report.number}" in browser.text


async def test_documents_of_the_zone_are_written_and_printed(opened_browser, office, file):
    report = await file(level="village")
    leader = await viewer(office, "t-east-l")
    await transfer(report.number, reason="几个村都反映", trigger="masses", by=leader, house=office)
    report = await brought_to("approve", await Report.get(id=report.id), house=office)
    here = f"/console/reports/{report.number}"
    browser, stranger = await opened_browser(), await opened_browser()
    await browser.sign_in("office-1-a")
    await browser.get(here)
    assert "办结以前还要填写一案一授权、一案一汇报、一案一剖析" in browser.text
    assert (await browser.post(f"{here}/conclude", text="查清")).status == 409
    given = {"reported_to": "指挥长陈明", "reported_on": "2026-11-02", "facts": "账目不符", "opinion": ""}
    assert (await browser.post(f"{here}/briefing", **given)).status == 422
    assert "指挥长陈明</textarea>" in browser.text
    assert (await browser.post(f"{here}/briefing", **(given | {"opinion": "责成退还"}))).status == 303
    await browser.get(here)
    assert "办结以前还要填写一案一授权、一案一剖析" in browser.text
    address = re.search(rf"{here}/documents/[\w-]+", browser.text).group(0)
    assert (await browser.get(address)).status == 200
    assert "责成退还" in browser.text and "2026年11月2日" in browser.text and "签字" in browser.text
    assert (await browser.get(address[:-3] + "xyz")).status == 404
    await stranger.sign_in("t-east-l")
    assert (await stranger.get(address)).status == 404


async def test_a_repeat_is_offered_linked_and_answered_together(browser, office, file):
    first, again = await file(), await file()
    await browser.sign_in("t-east-a")
    here = f"/console/reports/{again.number}"
    await browser.get(here)
    assert "可能重复的反映" in browser.text and "同一反映人" in browser.text
    assert (await browser.post(f"{here}/link-repeat", of="NOSUCH")).status == 422
    assert (await browser.post(f"{here}/link-repeat", of=first.number)).status == 303
    await browser.get(here)
    assert "已关联" in browser.text
    for report in (first, again):
        await brought_to("conclude", await Report.get(id=report.id), house=office)
    await browser.get(here)
    assert 'name="together"' in browser.text
    assert (await browser.post(f"{here}/feedback", text="已经修好", together="yes")).status == 303
    assert {r.status for r in await Report.all()} == {"fed_back"}
