"""Codes in the console: who may issue, replace and retire which, and that a township can silence none."""

import re

import pypdfium2
import pytest

from models.choices import EntryStatus, Purpose
from models.entry_code import EntryCode
from models.event import Event
from models.poster_job import PosterJob
from models.staff import Staff
from organisation.codes.jobs import take
from organisation.codes.replace import replace
from organisation.entry_codes import grouped
from organisation.house import House
from qrcodes.jobs import draw
from tests.console.conftest import Browser, Open
from tests.factories import CITY, COUNTY, EAST, EAST_VILLAGE, WEST, WEST_VILLAGE, make_entry

HOME = "/console/codes"


async def as_(open_: Open, username: str) -> Browser:
    return await (await open_()).sign_in(username)


@pytest.mark.parametrize("username", ["t-east-a", "office-1-l", "city-approver"])
async def test_whoever_keeps_no_place_finds_no_page(opened_browser: Open, username: str) -> None:
    browser = await as_(opened_browser, username)
    assert (await browser.get(HOME)).status == 404
    assert 'href="/console/codes"' not in browser.text


async def test_a_county_issues_what_is_lacking_and_the_event_says_who(opened_browser: Open) -> None:
    browser = await as_(opened_browser, "head-l")
    await browser.get(HOME)
    await browser.post(f"{HOME}/issue", region=COUNTY, each="village", area="", purpose="report")
    made = await EntryCode.all()
    assert {code.area_id for code in made} == {"education", "forestry"}
    leader = await Staff.get(username="head-l")
    assert {event.actor for event in await Event.filter(action="entry.issue")} == {f"staff:{leader.id}"}
    await browser.get(f"{HOME}?region={EAST_VILLAGE}")
    assert grouped(next(code.code for code in made if code.region_id == EAST_VILLAGE)) in browser.text
    await browser.post(f"{HOME}/issue", region=COUNTY, each="village", area="", purpose="report")
    assert await EntryCode.all().count() == len(made)


@pytest.mark.parametrize("world_name", ["sqlite"])
async def test_a_city_issues_for_all_its_places(opened_browser: Open) -> None:
    browser = await as_(opened_browser, "city-l")
    await browser.get(HOME)
    assert (
        await browser.post(f"{HOME}/issue", region=CITY, each="village", area="", purpose="report")
    ).status == 303
    assert {code.region_id for code in await EntryCode.all()} == {EAST_VILLAGE, WEST_VILLAGE}


async def test_a_code_is_replaced_and_retired(opened_browser: Open) -> None:
    entry = await make_entry()
    browser = await as_(opened_browser, "head-l")
    await browser.get(f"{HOME}?region={entry.region_id}")
    assert (await browser.post(f"{HOME}/{entry.code}/replace")).status == 303
    stored = await EntryCode.get(code=entry.code)
    assert stored.replaced_by_id is not None and stored.status is EntryStatus.ACTIVE
    await browser.get(f"{HOME}?region={entry.region_id}")
    assert grouped(stored.replaced_by_id) in browser.text
    assert (await browser.post(f"{HOME}/{entry.code}/replace")).status == 409
    assert (await browser.post(f"{HOME}/{entry.code}/retire")).status == 303
    assert (await EntryCode.get(code=entry.code)).status is EntryStatus.RETIRED
    assert (await browser.post(f"{HOME}/23456789ABCD/retire")).status == 404


async def test_a_township_replaces_its_own_and_silences_none(opened_browser: Open) -> None:
    own = await make_entry(region=EAST_VILLAGE)
    conduct = await make_entry(region=EAST_VILLAGE, purpose=Purpose.CONDUCT)
    other = await make_entry(region=WEST)
    browser = await as_(opened_browser, "t-east-l")
    await browser.get(f"{HOME}?region={EAST_VILLAGE}")
    assert own.code in browser.text and "/retire" not in browser.text
    for address, status in (
        (f"{own.code}/retire", 409),
        (f"{conduct.code}/replace", 409),
        (f"{conduct.code}/retire", 409),
        (f"{other.code}/replace", 404),
        (f"{own.code}/replace", 303),
    ):
        await browser.get(HOME)
        assert (await browser.post(f"{HOME}/{address}")).status == status, address
    await browser.get(HOME)
    for region, purpose, status in ((EAST, "conduct", 409), (WEST, "report", 404), (EAST, "suggest", 303)):
        asked = {"region": region, "each": "here", "area": "", "purpose": purpose}
        assert (await browser.post(f"{HOME}/issue", **asked)).status == status
    assert (await browser.get(f"{HOME}?region={WEST}")).status == 404
    assert (await EntryCode.get(code=conduct.code)).status is EntryStatus.ACTIVE


async def test_posters_are_asked_for_watched_stopped_and_downloaded(
    opened_browser: Open, office: House
) -> None:
    await make_entry(region=EAST_VILLAGE)
    browser = await as_(opened_browser, "t-east-l")
    await browser.get(f"{HOME}/posters")
    asked = {"region": EAST, "area": "", "purpose": "report", "groups": "", "paper": "A5"}
    assert (await browser.post(f"{HOME}/posters", **asked)).status == 303
    job = await PosterJob.get()
    await browser.get(f"{HOME}/posters")
    assert f'data-job="{job.id}" data-state="waiting"' in browser.text
    assert (await browser.post(f"{HOME}/posters/{job.id}/stop")).status == 303
    await browser.get(f"{HOME}/posters")
    assert "已停止" in browser.text
    assert (await browser.post(f"{HOME}/posters/{job.id}/go-on")).status == 303
    await draw(await take(at=office.clock.now()), house=office)
    await browser.get(f"{HOME}/posters")
    (link,) = re.findall(rf'href="({HOME}/posters/{job.id}/[^"]+)"', browser.text)
    printed = await browser.client.get(link)
    assert printed.status == 200 and (await printed.read()).startswith(b"%PDF")
    stranger = await as_(opened_browser, "t-west-l")
    await stranger.get(f"{HOME}/posters")
    assert "data-job" not in stranger.text
    assert (await stranger.client.get(link)).status == 404
    assert (await stranger.post(f"{HOME}/posters/{job.id}/stop")).status == 404
    assert (await browser.client.get(f"{HOME}/posters/{job.id}/..%2F.printed.json")).status == 404
    assert (await browser.post(f"{HOME}/posters", **asked | {"region": WEST})).status == 404


async def test_one_poster_is_printed_again_by_a_button(opened_browser: Open, office: House) -> None:
    entry, other = await make_entry(region=EAST_VILLAGE), await make_entry(region=WEST)
    await make_entry(region=EAST_VILLAGE)
    browser = await as_(opened_browser, "t-east-l")
    await browser.get(f"{HOME}?region={EAST_VILLAGE}")
    assert f'href="{HOME}/posters?code={entry.code}"' in browser.text
    await browser.get(f"{HOME}/posters?code={entry.code}")
    assert f'重印 <span class="number">{grouped(entry.code)}' in browser.text
    assert (await browser.post(f"{HOME}/posters", code=entry.code, paper="A5")).status == 303
    await draw(await take(at=office.clock.now()), house=office)
    await browser.get(f"{HOME}/posters?code={entry.code}")
    (link,) = re.findall(rf'href="({HOME}/posters/\d+/[^"]+)"', browser.text)
    with pypdfium2.PdfDocument(await (await browser.client.get(link)).read()) as document:
        assert len(document) == 1
        said = document[0].get_textpage().get_text_bounded()
        assert entry.code in "".join(said.split())
    by = f"staff:{(await Staff.get(username='t-east-l')).id}"
    assert await Event.exists(action="entry.reprint", object_id=entry.code, actor=by)
    await replace(entry.code, at=office.clock.now(), by="system")
    for code, status in ((entry.code, 409), (other.code, 404), ("23456789ABCD", 404)):
        assert (await browser.get(f"{HOME}/posters?code={code}")).status == status
        await browser.get(HOME)
        assert (await browser.post(f"{HOME}/posters", code=code, paper="A5")).status == status
    await browser.get(f"{HOME}?region={EAST_VILLAGE}")
    assert f"code={entry.code}" not in browser.text


async def test_only_the_county_keeps_how_its_posters_look(opened_browser: Open) -> None:
    style = {"region": COUNTY, "header": "青川区纪委监委", "colour": "#00503c"}
    for username, status in (("t-east-l", 404), ("head-l", 303)):
        browser = await as_(opened_browser, username)
        await browser.get(f"{HOME}/posters")
        assert (await browser.post(f"{HOME}/style", **style)).status == status
    await browser.get(f"{HOME}/posters")
    assert 'value="青川区纪委监委"' in browser.text
    assert (await browser.post(f"{HOME}/style", **style | {"colour": "yellow"})).status == 422
