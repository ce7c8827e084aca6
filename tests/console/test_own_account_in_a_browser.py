"""One's own things from the first sign-in on: recovery codes, saved filters, other sessions, what the role may do."""

import pyotp
from playwright.async_api import Browser, Page

from models.report import Report
from models.staff import Staff
from organisation.house import House
from tests.casework.conftest import File
from tests.console.test_pages_in_a_browser import address, chromium, sign_in, world_name
from tests.console.test_what_leaves_in_a_browser import fits

__all__ = ["address", "chromium", "world_name"]
WHO = "office-1-l"
WORDS = "您反映的路灯，我们已经请供电所去看了。"


async def submit(page: Page, button: str) -> None:
    async with page.expect_navigation():
        await page.click(button)


async def by_code(page: Page, address: str, code: str) -> None:
    await sign_in(page, address, WHO)
    await page.fill("#otp", code)
    await submit(page, "form[action='/console/login'] button")


async def test_one_s_own_account(chromium: Browser, address: str, office: House, file: File) -> None:
    report = await file()
    await Report.filter(id=report.id).update(owner_id="OFFICE-1", matched_version=10**6)
    await Staff.filter(username=WHO).update(sealed_totp_secret=None)
    page = await (await chromium.new_context()).new_page()
    await sign_in(page, address, WHO)
    secret = (await page.inner_text(".secret")).replace(" ", "")
    await page.fill("#otp", pyotp.TOTP(secret).at(office.clock.now()))
    await submit(page, "form[action='/console/login'] button")
    codes = await page.eval_on_selector_all(
        "[data-recovery-code]", "all => all.map(each => each.textContent)"
    )
    assert len(codes) == 10
    await fits(page, "recovery-codes")

    await submit(page, "text=已经收好")
    await page.fill("#q", report.number)
    await submit(page, ".search button")
    await page.click("text=存下现在的筛选")
    await page.fill(".shelf input[name=name]", "村口的路灯")
    await submit(page, ".shelf details[open] button")
    assert await page.inner_text(".saved [aria-current]") == "村口的路灯"
    await fits(page, "saved-filters")
    await page.goto(f"{address}/console/ledger?status=received")
    await fits(page, "ledger-filter")

    # somewhere else, without the phone
    other = await (await chromium.new_context()).new_page()
    await by_code(other, address, codes[0])
    assert await other.locator("[data-codes-left='9']").is_visible()
    await page.goto(f"{address}/console/reports/{report.number}")
    await page.fill("#reply-text", WORDS)
    await page.wait_for_selector("text=草稿已存")
    assert await other.locator("[data-session]").count() == 2
    await fits(other, "account")
    await submit(other, "button[name=session]")
    assert await other.locator("[data-session]").count() == 1

    # signed out in the middle of a reply: what was written is there again
    await submit(page, "text=发送回复")
    assert page.url.endswith("/console/login")
    await by_code(page, address, codes[1])
    await page.goto(f"{address}/console/reports/{report.number}")
    assert await page.input_value("#reply-text") == WORDS

    await page.goto(f"{address}/console/roles")
    await fits(page, "roles")
    await page.goto(f"{address}/console/organisation/staff/new")
    await fits(page, "role-beside-choice")
