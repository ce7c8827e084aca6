"""What is published is looked at first, names masked; it is changed, scheduled and taken down in one's own area."""

import io
import re

import aiohttp
from openpyxl import Workbook

from models.disclosure import Disclosure
from organisation.house import House
from tests.console.conftest import Browser, Open
from tests.factories import EAST, EAST_VILLAGE, WEST_VILLAGE
from tests.no_disk import no_temporary_files

ROW = {
    "code": "fund-1",
    "kind": "fund",
    "area_code": "education",
    "region_code": EAST_VILLAGE,
    "title": "春季补助",
    "amount": "500",
    "date": "2026-05-18",
    "text": "发给欧阳明月家",
    "beneficiaries": '[{"name": "欧阳明月", "amount": 500}]',
    "active": "yes",
}
ROWS = re.compile(r'name="rows" value="(\[.*\])">')


def looked_at(browser: Browser) -> str:
    found = ROWS.search(browser.text)
    assert found, browser.text
    return found[1]


async def test_nothing_is_published_before_it_was_looked_at(browser: Browser, office: House) -> None:
    await browser.sign_in("t-east-a")
    await browser.get("/console/disclosures/edit")
    assert f'value="{EAST}"' in browser.text
    assert (await browser.post("/console/disclosures/look", **ROW)).status == 200
    shown = browser.text.partition('name="rows"')[0]
    assert "欧**月 500" in shown and "发给欧**月家" in shown and "欧阳明月" not in shown
    assert await Disclosure.all().count() == 0
    assert (await browser.post("/console/disclosures/publish", rows=looked_at(browser))).status == 303
    assert (await Disclosure.get(code="fund-1")).beneficiaries == [{"name": "欧阳明月", "amount": "500.00"}]


async def test_it_is_changed_scheduled_and_taken_down(browser: Browser, office: House) -> None:
    await browser.sign_in("t-east-a")
    for change, words in (({"date": "2099-01-01"}, "待公开"), ({"active": "no"}, "已撤下")):
        await browser.post("/console/disclosures/look", **(ROW | change))
        await browser.post("/console/disclosures/publish", rows=looked_at(browser))
        await browser.get("/console/disclosures")
        assert words in browser.text
    await browser.get("/console/disclosures/edit?code=fund-1")
    assert "欧阳明月" in browser.text and '<option value="no" selected>' in browser.text
    assert await Disclosure.all().count() == 1


async def test_nobody_publishes_for_another_place_or_takes_over_a_code(
    browser: Browser, opened_browser: Open, office: House
) -> None:
    await browser.sign_in("t-east-a")
    elsewhere = await browser.post("/console/disclosures/look", **(ROW | {"region_code": WEST_VILLAGE}))
    assert elsewhere.status == 422 and "本辖区" in browser.text
    wrong = await browser.post("/console/disclosures/look", **(ROW | {"amount": "许多"}))
    assert wrong.status == 422 and "春季补助" in browser.text
    await browser.post("/console/disclosures/look", **ROW)
    rows = looked_at(browser)
    await browser.post("/console/disclosures/publish", rows=rows)
    west = await (await opened_browser()).sign_in("t-west-a")
    await west.get("/console/disclosures")
    assert "春季补助" not in west.text
    assert (await west.get("/console/disclosures/edit?code=fund-1")).status == 404
    for taken in (rows, rows.replace(EAST_VILLAGE, WEST_VILLAGE), "nonsense", '["x"]'):
        await west.post("/console/disclosures/publish", rows=taken)
    assert (await Disclosure.get(code="fund-1")).region_id == EAST_VILLAGE
    for name in ("root", "city-approver", "city-a"):
        other = await (await opened_browser()).sign_in(name)
        assert (await other.get("/console/disclosures")).status == 404


async def test_a_workbook_is_looked_at_and_published(browser: Browser, office: House) -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "disclosures"
    sheet.append([*ROW][:-1])
    for code in ("x-1", "x-2"):
        sheet.append([*(ROW | {"code": code}).values()][:-1])
    content = io.BytesIO()
    book.save(content)
    await browser.sign_in("t-east-a")
    await browser.get("/console/disclosures")
    form = aiohttp.FormData({"csrf_token": browser.token})
    form.add_field("workbook", content.getvalue(), filename="a.xlsx")
    with no_temporary_files():
        answer = await browser._read(await browser.client.post("/console/disclosures/look", data=form))
    assert answer.status == 200 and browser.text.partition('name="rows"')[0].count("欧**月 500") == 2
    await browser.post("/console/disclosures/publish", rows=looked_at(browser))
    assert await Disclosure.all().count() == 2
    broken = aiohttp.FormData({"csrf_token": browser.token})
    broken.add_field("workbook", b"not a workbook", filename="a.xlsx")
    assert (await browser.client.post("/console/disclosures/look", data=broken)).status == 422
