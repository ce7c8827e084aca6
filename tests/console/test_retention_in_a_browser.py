"""保管和销毁 on an old PC and on a phone: a report's page holds it, another leader confirms."""

import pytest

from retention.propose import propose
from tests.casework.conftest import viewer
from tests.console.test_pages_in_a_browser import SIZES, address, chromium, world_name
from tests.console.test_why_in_a_browser import enter, looked_at
from tests.retention.conftest import closed

__all__ = ["address", "chromium", "closed", "world_name"]


@pytest.mark.parametrize("size", SIZES)
async def test_one_holds_a_report_and_confirms_the_others(
    chromium, address, office, closed, clock_moves, size
):
    width, height = SIZES[size]
    report = await closed(kind="livelihood")
    await closed(kind="suggestion")
    clock_moves(days=3 * 366)
    await propose(by=await viewer(office, "t-east-a"), house=office)
    context = await chromium.new_context(viewport={"width": width, "height": height})
    page = await context.new_page()
    await enter(page, address, office, "t-east-l")
    await page.goto(f"{address}/console/reports/{report.number}")
    await page.click("summary:has-text('暂缓销毁')")
    await page.fill("details[open] textarea", "正在审计，还用得到")
    async with page.expect_navigation():
        await page.click("details[open] button:has-text('暂缓销毁')")
    await page.goto(f"{address}/console/retention")
    await looked_at(page, f"retention-{size}")
    async with page.expect_navigation():
        await page.click("text=确认销毁")
    assert await page.locator("[data-progress='0/1']").count() == 1
    await context.close()
