"""Published from the report's page, taken down from the page of what is published, its rating read by the county."""

import pytest

from models.survey import Survey
from organisation.house import House
from surveys.answering import answer
from tests.casework.conftest import File
from tests.casework.living import brought_to
from tests.console.conftest import Browser, Open

TITLE, TEXT = "村口路灯修好了", "三盏路灯换了新的。"


@pytest.fixture
async def number(office: House, file: File) -> str:
    return (await brought_to("feedback", await file(), house=office)).number


async def test_from_the_report_to_the_charts(
    browser: Browser, opened_browser: Open, number: str, office: House
) -> None:
    await browser.sign_in("t-east-l")
    await browser.get(f"/console/reports/{number}")
    assert "公开整改" in browser.text
    named = await browser.post(f"/console/reports/{number}/publish", title=TITLE, text="电话 13900001111")
    assert named.status == 422 and "电话或者证件号码" in browser.text and TITLE in browser.text
    assert (await browser.post(f"/console/reports/{number}/publish", title=TITLE, text=TEXT)).status == 303
    made = await Survey.get(is_rectification=True)
    for person in range(5):
        await answer(made, answers={"q1": "整改好了"}, person_index=str(person), house=office)
    county = await (await opened_browser()).sign_in("head-a")
    await county.get("/console/surveys")
    assert "整改评价" in county.text and TITLE in county.text
    await county.get(f"/console/surveys/{made.code}")
    assert "5 人回答" in county.text and number not in county.text


async def test_only_who_publishes_there_takes_it_down(
    browser: Browser, opened_browser: Open, number: str
) -> None:
    handler = await (await opened_browser()).sign_in("t-east-a")
    await handler.get(f"/console/reports/{number}")
    assert "公开整改" not in handler.text
    await browser.sign_in("t-east-l")
    await browser.get(f"/console/reports/{number}")
    await browser.post(f"/console/reports/{number}/publish", title=TITLE, text=TEXT)
    made = await Survey.get(is_rectification=True)
    west = await (await opened_browser()).sign_in("t-west-l")
    await west.get("/console/disclosures")
    assert TITLE not in west.text
    assert (await west.post(f"/console/rectifications/{made.code}/take-down")).status == 404
    await browser.get("/console/disclosures")
    assert TITLE in browser.text
    assert (await browser.post(f"/console/rectifications/{made.code}/take-down")).status == 303
    assert not (await Survey.get(code=made.code)).is_active
