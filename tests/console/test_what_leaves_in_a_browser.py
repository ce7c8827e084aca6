"""移送, 季度反馈 and 案卷 on an old PC and on a phone: they fit, and axe finds nothing."""

import os
from pathlib import Path

from playwright.async_api import Browser, Page

from casework.send_out import send_out
from models.report import Report
from organisation.house import House
from organisation.quarters import quarter_at
from tests.casework.conftest import File, viewer
from tests.casework.living import brought_to
from tests.console.test_pages_in_a_browser import (
    SIZES,
    address,
    chromium,
    leave,
    looks_right,
    sign_in,
    world_name,
)
from tests.factories import make_entry

__all__ = ["address", "chromium", "world_name"]
PICTURES = Path(os.environ["MASHANG_TEST_PICTURES"]) if "MASHANG_TEST_PICTURES" in os.environ else None
OFFICE = "青川分局经济犯罪侦查大队一中队"


async def fits(page: Page, name: str) -> None:
    await page.eval_on_selector_all("details", "all => all.forEach(each => { each.open = true })")
    for size, (width, height) in SIZES.items():
        await page.set_viewport_size({"width": width, "height": height})
        if PICTURES:
            await page.screenshot(path=PICTURES / f"{name}-{size}.png", full_page=True)
        await looks_right(page)


async def test_what_leaves_the_house_fits_and_can_be_read(
    chromium: Browser, address: str, office: House, file: File
) -> None:
    report = await brought_to("accept", await file(level="village"), house=office)
    leader = await viewer(office, "t-east-l")
    given = {
        "partner": "police",
        "office": OFFICE,
        "text": "合同诈骗的材料",
        "reference": "青纪移〔2026〕7号",
    }
    await send_out(report.number, by=leader, house=office, **given)
    last = quarter_at(office.clock.now(), timezone=office.timezone).before
    done = await file()
    at = last.begins_at(timezone=office.timezone)
    await Report.filter(id=done.id).update(status="fed_back", kind="clue", concluded_at=at)
    await make_entry()
    page = await (await chromium.new_context()).new_page()

    await sign_in(page, address, "t-east-a")
    await page.goto(f"{address}/console/reports/{report.number}")
    await fits(page, "report")
    async with page.expect_download() as printing:
        await page.click("form[action$='/print'] button")
    assert (await printing.value).suggested_filename == f"{report.number}.pdf"
    await page.fill("form[action$='/note-receipt'] textarea", "收")
    async with page.expect_navigation():
        await page.click("form[action$='/note-receipt'] button")
    assert "登记）" in await page.inner_text("[aria-labelledby=referrals]")
    await leave(page)

    await sign_in(page, address, "cases-a")
    await page.goto(f"{address}/console/enter")
    await page.select_option("#channel", "referred")
    await page.select_option("#region", label="柳树村")
    await page.select_option("#area", "education")
    await page.select_option("#level", "village")
    await page.fill("#text", "村里的账不公开")
    async with page.expect_navigation():
        await page.click("form[action='/console/enter'] button")
    assert await page.locator("#office-wrong").is_visible()
    await fits(page, "enter")
    await page.select_option("#partner", "audit")
    await page.fill("#office", "县审计局")
    await page.fill("#sent_on", "2026-01-05")
    async with page.expect_navigation():
        await page.click("form[action='/console/enter'] button")
    assert await page.locator("#acknowledged").is_visible()
    await fits(page, "entered")
    await page.goto(f"{address}/console/ledger")
    await fits(page, "ledger")
    await page.goto(f"{address}/console/quarters")
    await fits(page, "quarters")
    async with page.expect_navigation():
        await page.click("text=反馈给信访室")
    assert "反馈给信访室。" in await page.inner_text("main")
