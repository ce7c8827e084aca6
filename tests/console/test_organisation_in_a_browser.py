"""The pages about the organisation, on an old PC and on a phone."""

import os
from pathlib import Path

import pyotp
import pytest

from models.choices import Role
from models.staff import Staff
from organisation.importing import tables
from organisation.importing.applying import import_batch
from organisation.importing.rows import batch_of_rows
from tests.console.conftest import SECRET
from tests.console.test_pages_in_a_browser import SIZES, address, chromium, looks_right, sign_in, world_name
from tests.factories import make_staff

__all__ = ["address", "chromium", "world_name"]
PATHS = (
    "/organisation",
    "/organisation/staff",
    "/organisation/staff/new",
    "/organisation/zones/row/Z1",
    "/organisation/recusals/new",
    "/organisation/changes",
    "/organisation/liaisons?q=无",
    "/organisation/zones",
    "/organisation?q=东河",
    "/organisation/liaisons",
    "/check",
)


@pytest.mark.parametrize("size", SIZES)
async def test_every_page_fits_and_can_be_read(chromium, address, office, size):
    await make_staff("east-new", body="T-EAST", role=Role.HANDLER, name="新来的", confirmed_at=None)
    zone = {"code": "Z1", "name": "云岭市青川区纪检监察第一协作区", "county_code": "990101000000"}
    batch = batch_of_rows(tables.ZONES, [zone | {"office_body": "OFFICE-1", "commander": "新指挥"}])
    await import_batch(batch, vault=office.vault, clock=office.clock, by="staff:1")
    person = await Staff.get(username="east-new")
    width, height = SIZES[size]
    context = await chromium.new_context(viewport={"width": width, "height": height})
    page = await context.new_page()
    await sign_in(page, address, "head-l")
    await page.fill("#otp", pyotp.TOTP(SECRET).at(office.clock.now()))
    async with page.expect_navigation():
        await page.keyboard.press("Enter")
    for number, path in enumerate((*PATHS, f"/organisation/staff/row/{person.id}")):
        await page.goto(f"{address}/console{path}")
        await looks_right(page)
        if folder := os.environ.get("MASHANG_TEST_PICTURES"):
            await page.screenshot(path=Path(folder) / f"organisation-{size}-{number}.png")
    await page.goto(f"{address}/console/organisation/liaisons/new")
    await page.fill("#name", "林小满")
    await page.click("text=保存")
    assert await page.locator("[aria-invalid]").count() >= 2
    await looks_right(page)
