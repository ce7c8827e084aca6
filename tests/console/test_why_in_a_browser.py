"""试算 and 重算, on an old PC and on a phone, with and without JavaScript."""

import os
from pathlib import Path

import pyotp
import pytest

from models.decision import RoutingDecision
from organisation.importing import tables
from organisation.importing.applying import import_batch
from organisation.importing.rows import batch_of_rows
from tests.console.conftest import SECRET
from tests.console.test_pages_in_a_browser import SIZES, address, chromium, looks_right, sign_in, world_name
from tests.factories import COUNTY, EAST_VILLAGE

__all__ = ["address", "chromium", "world_name"]


async def enter(page, address, office, username) -> None:
    await sign_in(page, address, username)
    await page.fill("#otp", pyotp.TOTP(SECRET).at(office.clock.now()))
    async with page.expect_navigation():
        await page.keyboard.press("Enter")


async def looked_at(page, name) -> None:
    await looks_right(page)
    if folder := os.environ.get("MASHANG_TEST_PICTURES"):
        await page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("with_script", [True, False])
async def test_the_county_tries_a_matter_out(chromium, address, office, size, with_script):
    width, height = SIZES[size]
    context = await chromium.new_context(
        viewport={"width": width, "height": height}, java_script_enabled=with_script
    )
    page = await context.new_page()
    await enter(page, address, office, "head-l")
    await page.click("nav >> text=试算")
    async with page.expect_navigation():
        await page.click("main button")
    assert await page.locator("[aria-invalid]").count() == 1
    await page.select_option("#region", EAST_VILLAGE)
    await page.select_option("#area", "education")
    await page.select_option("#level", "none")
    await page.fill("#subject_name", "赵l")
    await page.check("[name=avoid_township]")
    async with page.expect_navigation():
        await page.click("main button")
    shown = await page.locator(".answer").inner_text()
    assert "第一纪检监察室" in shown and "东河镇纪委" in shown and "何长河" in shown
    if with_script:
        await looked_at(page, f"what-if-{size}")


@pytest.mark.parametrize("size", SIZES)
async def test_a_leader_looks_back_at_a_decision(chromium, address, office, file, size):
    report = await file(level="village", text="赵b在场")
    row = {"county_code": COUNTY, "area_code": "education", "level": "village", "body_code": "STATIONED"}
    await import_batch(
        batch_of_rows(tables.SPECIALISTS, [row]), vault=office.vault, clock=office.clock, by="system"
    )
    await office.organisation.refresh()
    decision = await RoutingDecision.get(report_id=report.id)
    width, height = SIZES[size]
    context = await chromium.new_context(viewport={"width": width, "height": height})
    page = await context.new_page()
    await enter(page, address, office, "t-east-l")
    await page.goto(f"{address}/console/reports/{report.number}")
    await page.locator(".why summary").click()
    await looked_at(page, f"why-{size}")
    await page.click("text=重算核对")
    assert decision.id in page.url
    verdicts = await page.locator(".verdict").all_inner_texts()
    assert verdicts == ["与当时的决定一致", "与当时的决定不同"]
    await page.eval_on_selector_all("details", "all => all.forEach(each => { each.open = true })")
    await looked_at(page, f"replay-{size}")
