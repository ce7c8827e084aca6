"""台账: narrowed by what a row shows, and taken away as a sheet with the same rows; every export an event."""

import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from dossier.bars import keep_bars
from dossier.rows import report_key
from models.body import Body
from models.event import Event
from models.report import Report
from models.staff import Staff
from tests.factories import WEST_VILLAGE
from tests.no_disk import no_temporary_files


async def sheet_of(browser, **fields):
    fields.setdefault("csrf_token", browser.token)
    with no_temporary_files():
        answer = await browser.client.post("/console/ledger/export", data=fields)
        await answer.read()
    assert answer.status == 200, await answer.text()
    assert answer.headers["Cache-Control"] == "no-store"
    return list(load_workbook(io.BytesIO(await answer.read())).active.iter_rows(values_only=True))


async def test_rows_are_narrowed_by_what_they_show(browser, file):
    east, west, late = await file(), await file(region=WEST_VILLAGE), await file()
    now = browser.house.clock.now()
    await Report.filter(id=late.id).update(
        due_at=now - timedelta(days=2), submitted_at=now - timedelta(days=9)
    )
    await Report.filter(id=west.id).update(status="accepted", kind="clue")
    await browser.sign_in("cases-a")
    today = now.astimezone(browser.house.timezone).date()
    asked = {
        "status=accepted": {west},
        "kind=clue": {west},
        "area=forestry": set(),
        "area=nowhere": {east, west, late},
        "owner=T-EAST": {east, late},
        "owner=西坪乡纪委": {west},
        "owner=CITY": set(),
        "overdue=yes": {late},
        f"since={today}": {east, west},
        f"until={today - timedelta(days=1)}": {late},
        "since=2026-99-99": {east, west, late},
        "status=received&overdue=yes&owner=T-WEST": set(),
    }
    for query, expected in asked.items():
        assert (await browser.get(f"/console/ledger?{query}")).status == 200
        assert {row[0] for row in browser.rows()} == {report.number for report in expected}, query


async def test_a_sheet_holds_the_rows_of_the_page_and_no_word_of_a_report(browser, file, office):
    reports = [await file(), await file(region=WEST_VILLAGE)]
    await Body.filter(code="T-WEST").update(name='=HYPERLINK("http://example.invalid")')
    await Report.filter(id=reports[0].id).update(due_at=office.clock.now() - timedelta(days=2))
    await browser.sign_in("cases-l")
    await browser.get("/console/ledger")
    head, columns, *rows = await sheet_of(browser)
    assert head[0] == "全部" and columns[:2] == ("编号", "领域")
    assert {row[0] for row in rows} == {report.number for report in reports}
    assert {row[7] for row in rows} == {"已超期", None}
    assert any(row[4].startswith("=HYPERLINK") for row in rows)
    assert "路灯" not in str(rows) and "柳树" not in str(rows)
    head, _, *rows = await sheet_of(browser, owner="T-EAST", overdue="yes")
    assert [row[0] for row in rows] == [reports[0].number] and "承办机构：T-EAST" in head[0]
    events = await Event.filter(action="ledger.export").order_by("id")
    assert [event.data["rows"] for event in events] == [2, 1]
    assert events[1].data["asked"] == {"owner": "T-EAST", "overdue": "yes"}


async def test_a_name_that_looks_like_a_formula_is_none(browser, file):
    await file(region=WEST_VILLAGE)
    await Body.filter(code="T-WEST").update(name="=1+1")
    await browser.sign_in("cases-l")
    await browser.get("/console/ledger")
    answer = await browser.client.post("/console/ledger/export", data={"csrf_token": browser.token})
    (cell,) = [
        cell
        for row in load_workbook(io.BytesIO(await answer.read())).active
        for cell in row
        if cell.value == "=1+1"
    ]
    assert cell.data_type == "s"


async def test_whoever_is_recused_exports_no_row_of_it(browser, file, office):
    hidden, other = await file(), await file()
    reader = await Staff.get(username="cases-a")
    await keep_bars(
        hidden,
        key=report_key(hidden, house=office),
        reasons={f"staff:{reader.id}": "亲戚"},
        causes={},
        house=office,
        at=office.clock.now(),
    )
    await browser.sign_in("cases-a")
    await browser.get("/console/ledger")
    assert [row[0] for row in (await sheet_of(browser))[2:]] == [other.number]


async def test_long_ledgers_come_whole(browser, file, office, monkeypatch):
    monkeypatch.setattr("console.ledger_export.AT_ONCE", 2)
    reports = [await file() for _ in range(5)]
    await browser.sign_in("cases-a")
    await browser.get("/console/ledger")
    rows = (await sheet_of(browser))[2:]
    assert sorted(row[0] for row in rows) == sorted(report.number for report in reports)


@pytest.mark.parametrize("username", ["t-east-l", "letters-l", "city-l", "root"])
async def test_nobody_else_exports(browser, file, username):
    await file()
    await browser.sign_in(username)
    answer = await browser.post("/console/ledger/export")
    assert answer.status == 404 and not await Event.filter(action="ledger.export").exists()
