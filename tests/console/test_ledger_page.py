"""台账: rows without content, for the cases room and the county's head only."""

from datetime import timedelta

import pytest

from dossier.bars import keep_bars
from dossier.rows import report_key
from models.body import Body
from models.choices import BodyLevel, RegionLevel
from models.region import Region
from models.report import Report
from models.staff import Staff
from routing.facts import Subject
from tests.factories import CITY, NOW, WEST_VILLAGE


@pytest.mark.parametrize("username", ["cases-a", "cases-l", "head-a"])
async def test_the_county_reads_numbers_and_clocks(browser, file, username):
    reports = [await file(), await file(region=WEST_VILLAGE, text="学校午餐费收多了")]
    await browser.sign_in(username)
    assert (await browser.get("/console/ledger")).status == 200
    assert {row[0] for row in browser.rows()} == {report.number for report in reports}
    assert {row[2] for row in browser.rows()} == {"T-EAST", "T-WEST"}
    assert "工作日" in browser.text
    for report in reports:
        assert f"/console/reports/{report.number}" not in browser.text
    assert "路灯" not in browser.text and "午餐费" not in browser.text and "柳树村" not in browser.text


@pytest.mark.parametrize("username", ["t-east-l", "stationed-l", "letters-l", "cadre-l", "city-l", "root"])
async def test_nobody_else_has_a_ledger(browser, file, username):
    await file()
    await browser.sign_in(username)
    assert (await browser.get("/console/ledger")).status == 404
    assert "/console/ledger" not in browser.text


async def test_the_zone_s_office_reads_the_overdue_of_its_townships_only(browser, file):
    late, in_time, elsewhere = await file(), await file(), await file()
    settled, own = await file(), await file(level="township", text="镇里的干部吃拿卡要")
    past = browser.house.clock.now() - timedelta(days=9)
    await Report.filter(id__in=[late.id, settled.id, own.id, elsewhere.id]).update(due_at=past)
    await Report.filter(id=settled.id).update(status="fed_back")
    await Report.filter(id=elsewhere.id).update(owner_id="LETTERS")
    assert (await Report.get(id=own.id)).owner_id == "OFFICE-1"
    await browser.sign_in("office-1-a")
    assert (await browser.get("/console/ledger")).status == 200
    assert browser.rows() == [(late.number, "received", "T-EAST")]
    assert f'/console/reports/{late.number}"' not in browser.text
    assert "路灯" not in browser.text and "柳树村" not in browser.text
    await browser.get(f"/console/reports/{late.number}")
    assert "没有这个页面" in browser.text
    assert in_time.number not in browser.text


@pytest.mark.parametrize("who", ["body:OFFICE-1", "self"])
async def test_the_office_s_own_conflicts_leave_no_row(browser, file, who):
    report = await file()
    await Report.filter(id=report.id).update(due_at=browser.house.clock.now() - timedelta(days=9))
    person = await Staff.get(username="office-1-a")
    key = report_key(report, house=browser.house)
    who = f"staff:{person.id}" if who == "self" else who
    await keep_bars(report, key=key, reasons={who: "回避"}, causes={}, house=browser.house, at=NOW)
    await browser.sign_in("office-1-a")
    await browser.get("/console/ledger")
    assert browser.rows() == []


async def test_what_belongs_to_the_city_is_not_spread_below(browser, file):
    report = await file(level="county", text="县领导插手工程", subject=Subject(name="霍某", post="副县长"))
    assert (await Report.get(id=report.id)).owner_id == "CITY"
    await browser.sign_in("head-l")
    await browser.get("/console/ledger")
    assert browser.rows() == []


@pytest.mark.parametrize("is_whole_body", [True, False])
async def test_the_reader_s_own_conflicts_leave_no_row(browser, file, is_whole_body):
    report = await file()
    person = await Staff.get(username="cases-a")
    who = "body:CASES" if is_whole_body else f"staff:{person.id}"
    house = browser.house
    key = report_key(report, house=house)
    await keep_bars(report, key=key, reasons={who: "回避"}, causes={}, house=house, at=NOW)
    await browser.sign_in("cases-a")
    await browser.get("/console/ledger")
    assert browser.rows() == []
    hidden = await browser.get(f"/console/ledger?number={report.number}")
    text = browser.text
    absent = await browser.get("/console/ledger?number=ABCDEFGHJK")
    assert (hidden.status, text) == (absent.status, browser.text) and absent.status == 404


async def test_a_full_page_of_the_ledger_is_light(browser, file):
    """Under 100 kB, whatever may be done with its rows."""
    first = await file()
    values = {name: getattr(first, name) for name in first._meta.fields_db_projection}
    await Report.bulk_create(
        Report(**values | {"id": f"{n:022}", "number": f"B{n:09}", "receipt_index": f"r{n}"})
        for n in range(110)
    )
    await browser.sign_in("cases-a")
    await browser.get("/console/ledger")
    assert len(browser.rows()) == 100 and "看更早的" in browser.text
    assert len(browser.text.encode()) < 90_000


async def test_an_account_changed_since_the_matching_waits(browser, file):
    await file()
    await Staff.filter(username="cases-a").update(known_since=99)
    await browser.sign_in("cases-a")
    await browser.get("/console/ledger")
    assert browser.rows() == []


async def test_another_county_has_its_own_ledger(browser, file):
    await Region.create(code="990102000000", name="栖岭县", level=RegionLevel.COUNTY, parent_id=CITY)
    await Region.create(
        code="990102001000", name="竹篙乡", level=RegionLevel.TOWNSHIP, parent_id="990102000000"
    )
    await Body.create(code="T-FAR", name="竹篙乡纪委", level=BodyLevel.TOWNSHIP, region_id="990102001000")
    near, far = await file(), await file()
    await Report.filter(id=far.id).update(owner_id="T-FAR")
    await browser.sign_in("cases-a")
    await browser.get("/console/ledger")
    assert [row[0] for row in browser.rows()] == [near.number]


async def test_what_rows_say_alike_is_escaped_and_each_has_its_own_number(browser, file):
    reports = [await file(), await file(), await file(region=WEST_VILLAGE)]
    await Body.filter(code="T-EAST").update(name="<i>100%(number)s</i>\ue000")
    await browser.sign_in("cases-a")
    await browser.get("/console/ledger")
    assert {row[0] for row in browser.rows()} == {report.number for report in reports}
    assert all(f"number={report.number}" in browser.text for report in reports)
    raw = await (await browser.client.get("/console/ledger")).text()
    assert "<b>&lt;i&gt;100%(number)s&lt;/i&gt;" in raw and "<i>" not in raw
