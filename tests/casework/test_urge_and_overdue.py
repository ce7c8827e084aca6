"""督办 with a day and an answer of its own; what is overdue climbs by itself, and says no more than a number."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from access.bars import bar_index
from access.ledger import climbed_rows, list_ledger
from access.notified import Standing, listed_standing
from access.reports import ReportNotFound
from casework.accept import accept
from casework.answer_urge import answer_urge
from casework.climbing import climb_due
from casework.errors import FieldWrong, TransitionNotAllowed
from casework.lift import lift
from casework.timed import do_due
from casework.urge import urge
from dossier.rows import report_key
from dossier.urging import urges_by
from models.case_record import CaseRecord
from models.choices import RecordOutcome
from models.event import Event
from models.outbox import OutboxNotice
from models.report import Report
from models.report_bar import ReportBar
from models.staff import Staff
from organisation.clocks import days_before
from organisation.house import House
from organisation.working_days import Calendar
from tests.casework.conftest import viewer
from tests.factories import bind_staff

ASK, ANSWER = "请三天内报告进展", "正在核对账目"


@pytest.fixture
def later(county: House):
    def shift(days: float) -> None:
        county.clock._offset_file.write_text(str(days * 86_400))

    return shift


@pytest.fixture
async def bound(county):
    for username in ("cases-l", "head-l", "head-a", "city-l"):
        await bind_staff(county, await Staff.get(username=username), openid=f"o-{username}")
    return county


async def told_of(report, notice="urge"):
    rows = OutboxNotice.filter(report_id=report.id, notice=notice).select_related("staff")
    return sorted([row.staff.username async for row in rows])


async def test_the_county_urges_and_reads_the_answer_and_nothing_else(bound, file):
    report = await file()
    by, other = await viewer(bound, "cases-a"), await viewer(bound, "head-l")
    await urge(report.number, text=ASK, by=by, house=bound)
    report = await Report.get(id=report.id)
    assert report.urge_due_at == Calendar().add_working_days(
        bound.clock.now(), days=5, timezone=bound.timezone
    )
    assert await told_of(report) == ["t-east-a", "t-east-b", "t-east-l"]
    notice = await OutboxNotice.filter(notice="urge").first()
    key = report_key(report, house=bound)
    assert key.open_json(notice.sealed_payload, place=f"outbox:{notice.id}:payload").keys() == {
        "number",
        "time",
    }
    (row,) = (await list_ledger(by, at=bound.clock.now())).rows
    assert row.urge_due_at == report.urge_due_at
    # a second one, sooner, by the head
    day = (bound.clock.now().astimezone(bound.timezone) + timedelta(days=1)).date()
    await urge(report.number, text=ASK, due_on=day.isoformat(), by=other, house=bound)
    assert (await Report.get(id=report.id)).urge_due_at.astimezone(bound.timezone).date() == day

    await answer_urge(report.number, text=ANSWER, by=await viewer(bound, "t-east-a"), house=bound)
    report = await Report.get(id=report.id)
    assert report.urge_due_at is None and report.owner_id == "T-EAST"
    for body in ("CASES", "HEAD"):
        (asked,) = await urges_by(body, report=report, house=bound)
        assert (asked.row.outcome, asked.answer["text"]) == (RecordOutcome.ANSWERED, ANSWER)
    assert await urges_by("LETTERS", report=report, house=bound) == []
    with pytest.raises(TransitionNotAllowed):
        await answer_urge(report.number, text=ANSWER, by=await viewer(bound, "t-east-l"), house=bound)
    assert await Event.filter(action="report.urge").count() == 2


@pytest.mark.parametrize("username", ["t-west-l", "letters-l", "city-l", "office-1-l"])
async def test_who_has_no_row_of_it_urges_nobody(bound, file, username):
    report = await file()
    with pytest.raises((ReportNotFound, TransitionNotAllowed)):
        await urge(report.number, text=ASK, by=await viewer(bound, username), house=bound)
    assert not await CaseRecord.all().exists()


async def test_neither_ones_own_nor_without_words_nor_by_a_day_that_is_gone(bound, file):
    report, by = await file(), await viewer(bound, "head-l")
    for text, day, field in ((" ", "", "text"), (ASK, "2020-01-01", "due_on"), (ASK, "soon", "due_on")):
        with pytest.raises(FieldWrong) as wrong:
            await urge(report.number, text=text, due_on=day, by=by, house=bound)
        assert wrong.value.field == field
    await urge(report.number, text=ASK, by=by, house=bound)
    await lift(report.number, reason="书面授权", by=by, house=bound)
    # in other hands nobody owes the answer any more
    report = await Report.get(id=report.id)
    assert report.urge_due_at is None and (await CaseRecord.get()).outcome is RecordOutcome.VOID
    with pytest.raises(TransitionNotAllowed):
        await urge(report.number, text=ASK, by=by, house=bound)


async def levels(house, report):
    row = await Report.get(id=report.id)
    return row.overdue_level


async def test_what_is_overdue_climbs_to_the_zone_and_then_to_the_county(bound, file, later):
    report = await file()
    office, cases = await viewer(bound, "office-1-l"), await viewer(bound, "cases-l")
    await do_due(house=bound)
    assert (await levels(bound, report), await told_of(report)) == (0, [])
    end = report.due_at.astimezone(bound.timezone)
    days = (end - bound.clock.now()).total_seconds() / 86_400
    later(days + 0.01)
    await do_due(house=bound)
    await do_due(house=bound)
    assert await levels(bound, report) == 1
    assert await told_of(report) == [
        "office-1-a", "office-1-b", "office-1-l", "t-east-a", "t-east-b", "t-east-l"
    ]  # fmt: skip
    assert [row.number for row in await climbed_rows(office, at=bound.clock.now())] == [report.number]
    assert await climbed_rows(cases, at=bound.clock.now()) == []
    # five working days later, and not a weekend sooner
    fifth = Calendar().add_working_days(end, days=5, timezone=bound.timezone)
    later(days + (fifth - end).days - 0.5)
    await do_due(house=bound)
    assert await levels(bound, report) == 1
    later(days + (fifth - end).days + 0.01)
    await do_due(house=bound)
    assert await levels(bound, report) == 2
    assert await told_of(report) == [
        "cases-l", "head-a", "head-l", "office-1-a", "office-1-b", "office-1-l", "t-east-a", "t-east-b",
        "t-east-l",
    ]  # fmt: skip
    assert [row.number for row in await climbed_rows(cases, at=bound.clock.now())] == [report.number]
    events = await Event.filter(action="report.overdue").order_by("id")
    assert [(e.actor, e.data["level"]) for e in events] == [("system", 1), ("system", 2)]
    # worked on, it comes down
    await accept(report.number, kind="clue", by=await viewer(bound, "t-east-a"), house=bound)
    assert await levels(bound, report) == 0 and await climbed_rows(cases, at=bound.clock.now()) == []


@pytest.mark.parametrize("day", range(60))
def test_working_days_have_passed_when_the_last_of_them_has_ended(day):
    shanghai = ZoneInfo("Asia/Shanghai")
    # from the middle of January, over 春节 and its 调休, and any day of the week: a matter may be due on a Sunday
    due = datetime(2026, 1, 15, 23, 59, 59, tzinfo=shanghai) + timedelta(days=day)
    end = Calendar().add_working_days(due, days=5, timezone=shanghai)
    for at, passed in ((end - timedelta(hours=23), False), (end, False), (end + timedelta(seconds=1), True)):
        assert (due < days_before(at, days=5, calendar=Calendar(), timezone=shanghai)) is passed


async def test_a_worker_that_was_down_sends_it_all_the_way_at_once(bound, file, later):
    report = await file()
    later(40)
    assert await climb_due(house=bound) == 1
    assert await levels(bound, report) == 2 and len(await told_of(report)) == 9
    assert await climb_due(house=bound) == 0


async def test_a_matter_of_the_city_climbs_nowhere(bound, file, later):
    report = await file(level="county")
    assert report.owner_id == "CITY"
    later(40)
    await climb_due(house=bound)
    assert await told_of(report) == ["city-l"]


async def test_whoever_is_barred_hears_nothing_of_it(bound, file, later):
    report = await file()
    later(40)
    now: datetime = bound.clock.now()
    office = await Staff.get(username="office-1-l")

    async def standing():
        return await listed_standing(office, report_id=report.id, at=now, vault=bound.vault)

    assert await standing() is Standing.MAY
    who = bar_index(f"staff:{office.id}", vault=bound.vault)
    await ReportBar.create(report_id=report.id, who_index=who, sealed_why=b"-", since_at=now)
    assert await standing() is Standing.MUST_NOT
    west = await Staff.get(username="t-west-l")
    assert await listed_standing(west, report_id=report.id, at=now, vault=bound.vault) is Standing.MUST_NOT
