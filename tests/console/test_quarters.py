"""季度反馈: what was concluded in a quarter, given by the cases room to the letters room, who is recused left out."""

import io
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook

from access.quarters import list_concluded
from dossier.bars import keep_bars
from dossier.rows import report_key
from models.event import Event
from models.report import Report
from models.staff import Staff
from organisation.quarters import Quarter, quarter_at, read_quarter
from tests.casework.conftest import viewer
from tests.factories import WEST_VILLAGE

SHANGHAI = ZoneInfo("Asia/Shanghai")
BOTH = pytest.mark.parametrize("world_name", ["sqlite", "postgres"], indirect=True)


@pytest.fixture
def world_name(request: pytest.FixtureRequest) -> str:
    """One database shows it; what is SQL of its own is shown on both."""
    return getattr(request, "param", "sqlite")


def test_quarters_begin_and_end_where_the_calendar_of_the_place_has_them():
    first = Quarter(2026, 1)
    assert first.before == Quarter(2025, 4) and Quarter(2025, 4).after == first
    assert first.begins_at(timezone=SHANGHAI) == datetime(2025, 12, 31, 16, tzinfo=UTC)
    assert first.ends_at(timezone=SHANGHAI) == datetime(2026, 3, 31, 16, tzinfo=UTC)
    assert quarter_at(datetime(2025, 12, 31, 15, 59, tzinfo=UTC), timezone=SHANGHAI) == Quarter(2025, 4)
    assert quarter_at(datetime(2025, 12, 31, 16, tzinfo=UTC), timezone=SHANGHAI) == first
    assert read_quarter("2026-4") == Quarter(2026, 4)
    assert [read_quarter(given) for given in ("2026-5", "2026-04", "", "x")] == [None] * 4


@BOTH
async def test_the_cases_room_gives_a_quarter_once_and_the_letters_room_reads_it_from_then_on(
    browser, opened_browser, file, office, monkeypatch
):
    last = quarter_at(office.clock.now(), timezone=office.timezone).before
    begins, ends = (at(timezone=office.timezone) for at in (last.begins_at, last.ends_at))
    inside = [await file(), await file(region=WEST_VILLAGE), await file()]
    outside = [await file() for _ in range(3)]
    done = {"status": "fed_back", "kind": "clue", "concluded_at": begins}
    await Report.filter(id__in=[report.id for report in inside]).update(**done)
    for report, at in zip(outside, (begins - timedelta(milliseconds=1), ends), strict=False):
        await Report.filter(id=report.id).update(**(done | {"concluded_at": at}))
    # found unsolved: it is being worked on again
    await Report.filter(id=outside[2].id).update(**(done | {"status": "accepted"}))
    hidden, person = inside[2], await Staff.get(username="letters-a")
    key = report_key(hidden, house=office)
    bars = {"reasons": {f"staff:{person.id}": "亲戚"}, "causes": {}, "house": office}
    await keep_bars(hidden, key=key, at=office.clock.now(), **bars)
    numbers = {report.number for report in inside}

    letters = await (await opened_browser()).sign_in("letters-a")
    await letters.get("/console/quarters")
    assert letters.rows() == [] and "还没有反馈过" in letters.text
    assert (await letters.get(f"/console/quarters?quarter={last}")).status == 404
    assert (await letters.post("/console/quarters/export", quarter=str(last))).status == 404
    assert (await letters.post("/console/quarters/give", quarter=str(last))).status == 404

    await browser.sign_in("cases-l")
    await browser.get("/console/quarters")
    assert {row[0] for row in browser.rows()} == numbers and "办结 3 件" in browser.text
    assert "路灯" not in browser.text and "柳树村" not in browser.text
    assert (await browser.post("/console/quarters/give", quarter=str(last.after))).status == 409
    assert (await browser.post("/console/quarters/give", quarter=str(last))).status == 303
    assert (await browser.post("/console/quarters/give", quarter=str(last))).status == 409
    event = await Event.get(action="quarter.give")
    assert event.data == {"quarter": str(last), "rows": 3}

    await letters.get("/console/quarters")
    assert {row[0] for row in letters.rows()} == numbers - {hidden.number} and "办结 2 件" in letters.text
    monkeypatch.setattr("console.quarters.AT_ONCE", 1)
    form = {"csrf_token": letters.token, "quarter": str(last)}
    answer = await letters.client.post("/console/quarters/export", data=form)
    rows = list(load_workbook(io.BytesIO(await answer.read())).active.iter_rows(values_only=True))[2:]
    assert {row[0] for row in rows} == numbers - {hidden.number}
    assert (await Event.get(action="quarter.export")).data == {"quarter": str(last), "rows": 2}


@BOTH
async def test_long_quarters_come_page_by_page_each_row_once(file, office):
    reports = [await file() for _ in range(5)]
    ids, at = [report.id for report in reports], office.clock.now()
    await Report.filter(id__in=ids).update(status="concluded", concluded_at=at)
    reader, seen, cursor = await viewer(office, "head-a"), [], ""
    until = at + timedelta(days=1)
    while True:
        found = await list_concluded(reader, since=at, until=until, cursor=cursor, limit=2)
        seen += [row.number for row in found.rows]
        cursor = found.next_cursor or ""
        if not cursor:
            break
    assert sorted(seen) == sorted(report.number for report in reports)


@pytest.mark.parametrize("username", ["t-east-a", "office-1-a", "cadre-a", "city-l", "root"])
async def test_nobody_else_reads_quarters(browser, file, office, username):
    await browser.sign_in(username)
    assert (await browser.get("/console/quarters")).status == 404
    assert (await browser.post("/console/quarters/export", quarter="2026-1")).status == 404
    assert "/console/quarters" not in browser.text
