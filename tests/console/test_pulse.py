"""An open page hears of what changed in it, of colleagues who have it open, and of nothing hidden."""

import json
from datetime import timedelta

import pytest

from access.reports import open_report
from casework.reply import reply
from dossier.bars import keep_bars
from dossier.rows import report_key
from intake.asking_recusal import ask_recusal
from models.event import Event
from models.message import Message
from models.report import Report
from models.staff import Staff
from models.staff_session import StaffSession
from routing.facts import Subject
from tests.casework.conftest import viewer
from tests.console.test_pages_in_a_browser import address, chromium, leave, looks_right, sign_in
from tests.factories import NOW

__all__ = ["address", "chromium"]


async def mark(browser, path="/console/pulse"):
    answer = await browser.get(path)
    assert answer.status == 200
    return json.loads(await answer.text())


async def test_a_list_changes_with_what_is_in_it_and_with_nothing_hidden(opened_browser, file):
    browser = await opened_browser()
    await file()
    await browser.sign_in("t-east-a")
    first = (await mark(browser))["mark"]
    hidden = await file(level="village", subject=Subject(name="赵a", post="", unit=""))
    assert await mark(browser) == {"mark": first}
    await Report.filter(id=hidden.id).update(status="accepted")
    assert await mark(browser) == {"mark": first}
    seen = await file()
    second = (await mark(browser))["mark"]
    assert second != first
    await Report.filter(id=seen.id).update(status="accepted")
    assert (await mark(browser))["mark"] not in (first, second)


async def test_the_page_carries_the_mark_that_is_asked_for(browser, file):
    report = await file()
    await browser.sign_in("t-east-a")
    for page, pulse in (
        ("/console/reports", "/console/pulse"),
        ("/console/reports?status=received", "/console/pulse?status=received"),
        (f"/console/reports/{report.number}", f"/console/pulse/{report.number}"),
    ):
        await browser.get(page)
        text = browser.text
        assert f'data-mark="{(await mark(browser, pulse))["mark"]}"' in text
    # what was searched for stays as it was found
    await browser.get("/console/reports?q=无")
    assert "data-pulse" not in browser.text


async def test_a_report_changes_with_what_its_reader_is_shown(browser, file):
    report = await file()
    pulse = f"/console/pulse/{report.number}"
    await browser.sign_in("t-east-a")
    first = await mark(browser, pulse)
    # asked of leaders alone: a handler, who may be meant, must not feel it
    await ask_recusal(await Report.get(id=report.id), text="请不要让办这件事的人办", house=browser.house)
    assert await Message.filter(report_id=report.id).count() == 2
    assert await mark(browser, pulse) == first
    by = await viewer(browser.house, "t-east-b")
    await reply(report.number, text="正在核实", by=by, house=browser.house)
    assert await mark(browser, pulse) != first


@pytest.mark.parametrize("who", ["self", "body:T-EAST"])
async def test_a_report_that_is_not_theirs_has_no_pulse(browser, file, who):
    report = await file()
    person = await Staff.get(username="t-east-a")
    key = report_key(report, house=browser.house)
    who = f"staff:{person.id}" if who == "self" else who
    await keep_bars(report, key=key, reasons={who: "回避"}, causes={}, house=browser.house, at=NOW)
    await browser.sign_in("t-east-a")
    hidden = await browser.get(f"/console/pulse/{report.number}")
    text = browser.text
    absent = await browser.get("/console/pulse/ABCDEFGHJK")
    assert hidden.status == absent.status == 404 and browser.text == text


@pytest.mark.parametrize("username", ["root", "city-approver"])
async def test_who_reads_nothing_has_no_pulse(browser, file, username):
    report = await file()
    assert (await browser.get("/console/pulse")).status == 303
    await browser.sign_in(username)
    for path in ("/console/pulse", f"/console/pulse/{report.number}"):
        assert (await browser.get(path)).status == 404


async def test_asking_is_no_reading_and_keeps_no_session_alive(browser, file):
    report = await file()
    await browser.sign_in("t-east-a")
    reads = Event.filter(action="report.read")
    before = await reads.count()
    by_itself = {"X-By-Itself": "1"}
    await StaffSession.all().update(seen_at=browser.house.clock.now() - timedelta(minutes=100))
    seen_at = (await StaffSession.get()).seen_at
    for path in ("/console/pulse", f"/console/pulse/{report.number}", "/console/reports"):
        answer = await browser.client.get(path, headers=by_itself, allow_redirects=False)
        assert answer.status == 200
    assert (await StaffSession.get()).seen_at == seen_at
    assert await reads.count() == before
    await browser.get("/console/reports")
    assert (await StaffSession.get()).seen_at > seen_at


async def test_colleagues_who_have_it_open_are_named_and_nobody_else(browser, file):
    report = await file()
    house = browser.house
    now = house.clock.now()
    for username, ago in (("t-east-b", 3), ("t-east-l", 30)):
        by = await viewer(house, username)
        await open_report(by, number=report.number, at=now - timedelta(minutes=ago))
    # who had it before it came here is none of this body's business
    former = await Staff.get(username="t-west-a")
    await Event.create(at=now, actor=f"staff:{former.id}", action="report.read", report_id=report.id, data={})
    await browser.sign_in("t-east-a")
    await browser.get(f"/console/reports/{report.number}")
    assert "同事也打开了这件：赵b（3 分钟前）。" in browser.text
    said = await mark(browser, f"/console/pulse/{report.number}")
    assert said["others"].startswith("同事也打开了这件：赵b") and "赵l" not in said["others"]


@pytest.mark.parametrize("world_name", ["sqlite"])
async def test_pages_renew_themselves_in_a_browser(world_name, chromium, address, office, file):
    report = await file()
    context = await chromium.new_context(viewport={"width": 1366, "height": 768})
    page = await context.new_page()
    await page.clock.install()
    await sign_in(page, address, "t-east-a")
    await page.goto(f"{address}/console/reports")
    await page.focus("a.cover")
    async with page.expect_response(lambda answer: "/console/pulse" in answer.url):
        await page.clock.run_for(10_500)
    assert await page.inner_text("#live-said") == ""
    assert await page.locator("li.row").count() == 1
    await file()
    async with page.expect_response(lambda answer: "/console/reports" in answer.url):
        await page.clock.run_for(10_500)
    await page.wait_for_function("document.querySelectorAll('li.row').length === 2")
    assert (
        await page.evaluate("document.activeElement.getAttribute('href')")
        == f"/console/reports/{report.number}"
    )
    await page.goto(f"{address}/console/reports/{report.number}")
    await page.fill("#reply-text", "写了一半的话")
    by = await viewer(office, "t-east-b")
    await open_report(by, number=report.number, at=office.clock.now())
    await reply(report.number, text="我先答了", by=by, house=office)
    async with page.expect_response(lambda answer: "/console/pulse/" in answer.url):
        await page.clock.run_for(10_500)
    await page.wait_for_selector("#news:not([hidden])")
    assert "赵b" in await page.inner_text("#others")
    assert await page.input_value("#reply-text") == "写了一半的话"
    await looks_right(page)
    await leave(page)
