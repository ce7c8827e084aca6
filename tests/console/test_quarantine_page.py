"""A burst of false reports, as the body it came to sees it: a line in the inbox, a page to look through, two clicks."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from intake.draft import Draft
from intake.submit import submit
from models.choices import Channel
from models.event import Event
from models.report import Report
from organisation.floods import read_floods
from organisation.house import House
from tests.console.conftest import Open
from tests.factories import EAST_VILLAGE, make_entry

pytestmark = pytest.mark.parametrize("world_name", ["sqlite"])

Burst = Callable[..., Awaitable[list[Report]]]
ONE_HAS_ITS_PLACE = {"web": {"code": [1, 60]}}


@pytest.fixture
async def burst(office: House) -> Burst:
    entry = await make_entry()
    house = replace(office, floods=read_floods(ONE_HAS_ITS_PLACE))

    async def filed(count: int, **changes: object) -> list[Report]:
        made = []
        for number in range(count):
            given = {"text": f"第{number}件是假的" * 30, "level": "none", "channel": Channel.WEB} | changes
            person = house.vault.index("session", f"{number}{changes}")
            one = await submit(Draft(entry=entry, person_index=person, **given), house=house)  # type: ignore[arg-type]
            made.append(await Report.get(id=one.report_id))
        return made

    return filed


async def test_two_clicks_bring_all_of_it_back(opened_browser: Open, burst: Burst) -> None:
    reports = await burst(4)
    browser = await (await opened_browser()).sign_in("t-east-a")
    assert [row[0] for row in browser.rows()] == [reports[0].number]
    assert "集中收到的 <b>3</b> 件反映" in browser.text and 'href="/console/quarantine"' in browser.text
    await browser.get("/console/quarantine")
    assert [row[0] for row in browser.rows()] == [report.number for report in reports[1:]]
    assert "第2件是假的" in browser.text and "…" in browser.text
    answer = await browser.post("/console/quarantine/restore", all="1", region="", channel="")
    assert answer.headers["Location"] == "/console/reports?done=restore"
    await browser.get("/console/reports?done=restore")
    assert len(browser.rows()) == 4 and "/console/quarantine" not in browser.text


async def test_looking_through_is_kept_and_an_opened_one_says_where_it_stands(
    opened_browser: Open, burst: Burst
) -> None:
    reports = await burst(2)
    browser = await (await opened_browser()).sign_in("t-east-a")
    await browser.get("/console/quarantine")
    assert [event.report_id for event in await Event.filter(action="report.glance")] == [reports[1].id]
    await browser.get(f"/console/reports/{reports[1].number}")
    assert "暂时放在一边" in browser.text and "第一次打开" in browser.text
    await browser.post("/console/quarantine/restore", number=reports[1].number)
    await browser.get(f"/console/reports/{reports[1].number}")
    assert "暂时放在一边" not in browser.text


async def test_chosen_ones_are_declined_together_by_a_leader(opened_browser: Open, burst: Burst) -> None:
    reports = await burst(4)
    browser = await (await opened_browser()).sign_in("t-east-l")
    await browser.get("/console/quarantine?checked=1")
    assert browser.text.count(" checked") == 3
    chosen = [("number", reports[number].number) for number in (1, 2)]
    ground = [("ground", "no-substance"), ("csrf_token", browser.token)]
    answer = await browser.client.post("/console/quarantine/decline", data=[*chosen, *ground, ("text", "")])
    assert answer.status == 422
    page = await answer.text()
    # what was chosen stays so, nothing was done
    assert page.count(" checked") == 2 and 'role="alert"' in page
    said = [*chosen, *ground, ("text", "请再说具体些")]
    answer = await browser.client.post("/console/quarantine/decline", data=said)
    assert answer.status == 200 and "2 件已经不予受理" in await answer.text()
    await browser.get("/console/quarantine")
    assert [row[0] for row in browser.rows()] == [reports[3].number]


async def test_nothing_chosen_brings_nothing_back(opened_browser: Open, burst: Burst) -> None:
    await burst(2)
    browser = await (await opened_browser()).sign_in("t-east-a")
    assert (await browser.post("/console/quarantine/restore")).status == 422
    assert "勾选" in browser.text
    assert await Report.filter(quarantined_until__isnull=False).count() == 1
    # the form of leaders is not for handlers
    assert "不予受理" not in browser.text
    answer = await browser.post("/console/quarantine/decline", number="X", ground="no-substance", text="x")
    assert answer.status == 409


async def test_one_place_or_door_comes_back_alone(opened_browser: Open, burst: Burst) -> None:
    await burst(3)
    await burst(1, channel=Channel.MINI)
    browser = await (await opened_browser()).sign_in("t-east-a")
    mini = (await burst(1, channel=Channel.MINI, text="小程序"))[0]
    await Report.filter(id=mini.id).update(quarantined_until=browser.house.clock.now())
    await browser.get(f"/console/quarantine?region={EAST_VILLAGE}&channel=mini")
    assert [row[0] for row in browser.rows()] == [mini.number]
    await browser.post("/console/quarantine/restore", all="1", region=EAST_VILLAGE, channel="mini")
    await browser.get("/console/quarantine")
    assert len(browser.rows()) == 2


async def test_for_other_bodies_there_is_nothing(opened_browser: Open, burst: Burst) -> None:
    reports = await burst(2)
    browser = await (await opened_browser()).sign_in("t-west-l")
    assert "/console/quarantine" not in browser.text
    await browser.get("/console/quarantine")
    assert reports[1].number not in browser.text and "没有放在一边的反映" in browser.text
    await browser.post("/console/quarantine/restore", number=reports[1].number)
    await browser.post("/console/quarantine/restore", all="1")
    assert (await Report.get(id=reports[1].id)).quarantined_until is not None
