"""The pages in a real browser: on an old PC and on a phone, by keyboard, with and without JavaScript."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pyotp
import pytest
from aiohttp import web
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, async_playwright

from casework.reply import reply
from console.app import make_console
from models.report import Report
from tests.casework.conftest import viewer
from tests.conftest import CHROMIUM, left_out
from tests.console.conftest import PASSWORD, SECRET

SIZES = {"pc": (1366, 768), "phone": (360, 740)}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
             "--disable-sync", "--disable-quic", "--no-first-run"]  # fmt: skip


@pytest.fixture(params=["sqlite"])
def world_name(request) -> str:
    """The database makes no difference to how a page looks."""
    return request.param


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    from pathlib import Path

    if not Path(CHROMIUM).exists():
        left_out("Chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest.fixture
async def address(office, aiohttp_server) -> str:
    app = web.Application()
    app.add_subapp("/console", make_console(office))
    return str((await aiohttp_server(app)).make_url("")).rstrip("/")


async def sign_in(page: Page, address: str, username: str) -> None:
    """By keyboard alone: the first field has the focus."""
    await page.goto(f"{address}/console/login")
    await page.wait_for_selector("#username:focus")
    await page.keyboard.type(username)
    await page.keyboard.press("Tab")
    await page.keyboard.type(PASSWORD)
    async with page.expect_navigation():
        await page.keyboard.press("Enter")


async def leave(page: Page) -> None:
    async with page.expect_navigation():
        await page.click("text=退出")


async def looks_right(page: Page) -> None:
    assert await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url
    found = (await Axe().run(page)).response["violations"]
    assert not found, [(each["id"], each["nodes"][0]["html"]) for each in found]


@pytest.mark.parametrize("size", SIZES)
async def test_every_page_fits_breaks_no_policy_and_can_be_read(chromium, address, office, file, size):
    report = await file(text="很长的话" * 60 + "赵b在场")
    await reply(report.number, text="您好", by=await viewer(office, "t-east-a"), house=office)
    late = await file()
    await Report.filter(id=late.id).update(due_at=office.clock.now() - timedelta(days=400))
    await Report.filter(id=(await file()).id).update(quarantined_until=office.clock.now())
    width, height = SIZES[size]
    context = await chromium.new_context(viewport={"width": width, "height": height})
    page = await context.new_page()
    complaints = []
    # the browser itself remarks on an answer of 422
    page.on("console", lambda said: complaints.append(said.text) if "422" not in said.text else None)
    await page.goto(f"{address}/console/login")
    await looks_right(page)
    await sign_in(page, address, "t-east-a")
    await looks_right(page)
    for path in ("reports?q=无", "reports?status=closed", f"reports/{report.number}"):
        await page.goto(f"{address}/console/{path}")
        await looks_right(page)
    await page.eval_on_selector_all("details", "all => all.forEach(each => { each.open = true })")
    await looks_right(page)
    assert complaints == []
    await leave(page)
    await sign_in(page, address, "t-east-l")
    await page.fill("#otp", pyotp.TOTP(SECRET).at(office.clock.now()))
    async with page.expect_navigation():
        await page.keyboard.press("Enter")
    await page.goto(f"{address}/console/limits")
    await looks_right(page)
    await page.goto(f"{address}/console/quarantine")
    await page.eval_on_selector_all("details", "all => all.forEach(each => { each.open = true })")
    await looks_right(page)
    await page.goto(f"{address}/console/reports/{report.number}")
    assert await page.locator(".more-actions summary").count() >= 5
    await page.eval_on_selector_all("details", "all => all.forEach(each => { each.open = true })")
    await looks_right(page)
    await page.select_option("#transfer-body", "OFFICE-1")
    await page.select_option("#transfer-trigger", "masses")
    await page.fill("#transfer-reason", "几个村都在反映")
    async with page.expect_navigation():
        await page.click("form[action$='/transfer'] button")
    assert await page.locator("#transfer-body-wrong").is_visible()
    await looks_right(page)
    await leave(page)
    await sign_in(page, address, "office-1-a")
    await page.goto(f"{address}/console/ledger")
    await looks_right(page)
    await page.click("a.row-actions")
    await page.eval_on_selector_all("details", "all => all.forEach(each => { each.open = true })")
    await looks_right(page)
    await leave(page)
    await sign_in(page, address, "cases-a")
    await page.goto(f"{address}/console/ledger")
    await looks_right(page)
    await leave(page)
    from models.staff import Staff

    await Staff.filter(username="t-east-l").update(sealed_totp_secret=None)
    await sign_in(page, address, "t-east-l")
    assert await page.locator("svg.qr").is_visible()
    await looks_right(page)
    assert complaints == []


@pytest.mark.parametrize("with_script", [True, False])
async def test_a_report_is_answered_from_a_phone(chromium, address, office, file, with_script):
    report = await file()
    context = await chromium.new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=with_script
    )
    page = await context.new_page()
    await sign_in(page, address, "t-east-l")
    await page.fill("#otp", pyotp.TOTP(SECRET).at(office.clock.now()))
    await page.keyboard.press("Enter")
    await page.click(f"[data-number='{report.number}'] a")
    await page.select_option("#accept-kind", "livelihood")
    await page.click("text=受理，并告诉群众")
    assert "已受理" in await page.locator(".report-head").inner_text()
    await page.fill("#reply-text", "路灯下周换好。")
    await page.click("text=发送回复")
    assert "路灯下周换好。" in await page.locator("#last").inner_text()
    await page.click("#recuse > summary")
    await page.fill("#recuse-reason", "刚发现是亲戚")
    await page.click("text=提出回避")
    assert "不再由您查看" in await page.locator("main").inner_text()
    assert await page.locator("[data-number]").count() == 0
