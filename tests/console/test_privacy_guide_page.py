"""The county says in the console who operates this; the phone reads it with what the product keeps and how long."""

import pytest

from models.event import Event
from organisation.house import House
from tests.console.conftest import Browser, Open
from tests.factories import COUNTY


@pytest.fixture
def world_name() -> str:
    """One row, written and read."""
    return "sqlite"


async def test_the_county_writes_its_part(browser: Browser, opened_browser: Open, office: House) -> None:
    await browser.sign_in("head-a")
    await browser.get("/console/privacy-guide")
    form = {"operator": "青川区纪委监委", "contact": "0990-1234567", "more": "补充：<b>x</b>"}
    wrong = await browser.post("/console/privacy-guide", **(form | {"contact": " "}))
    assert wrong.status == 422 and "联系方式" in browser.text and form["operator"] in browser.text
    for _ in range(2):
        assert (await browser.post("/console/privacy-guide", **form)).status == 303
    await browser.get("/console/privacy-guide")
    assert 'value="0990-1234567"' in browser.text and "补充：<b>x</b>" in browser.text
    assert await Event.filter(action="privacy-guide.keep", object_id=COUNTY).count() == 2
    for name in ("t-east-l", "office-1-a", "root", "city-a"):
        other = await (await opened_browser()).sign_in(name)
        assert (await other.get("/console/privacy-guide")).status == 404
