"""延期, 暂停计时 and 恢复计时: once, for a reason, and never to hide that something is late."""

from datetime import date, datetime, time, timedelta

import pytest

from access.due import due_reports
from casework.approve import approve
from casework.dispose import dispose
from casework.errors import FieldWrong, TransitionNotAllowed
from casework.extend import extend
from casework.pause import pause
from casework.recuse import recuse
from casework.resume import resume
from casework.timed import do_due
from models.case_record import CaseRecord
from models.choices import RecordOutcome
from models.event import Event
from models.report import Report
from organisation.house import House
from tests.casework.conftest import viewer
from tests.casework.living import brought_to

WHY = "等待审计结果"


@pytest.fixture
def later(county: House):
    def shift(days: float) -> None:
        county.clock._offset_file.write_text(str(days * 86_400))

    return shift


@pytest.fixture
def handled(county, file):
    async def make(**more):
        return await brought_to("approve", await file(), house=county, **more)

    return make


def today(house) -> date:
    return house.clock.now().astimezone(house.timezone).date()


def in_days(house, days) -> str:
    return (today(house) + timedelta(days=days)).isoformat()


async def test_the_leader_extends_once(county, handled):
    report, leader = await handled(), await viewer(county, "t-east-l")
    with pytest.raises(TransitionNotAllowed):
        await extend(report.number, reason=WHY, by=await viewer(county, "t-east-a"), house=county)
    with pytest.raises(FieldWrong):
        await extend(report.number, reason=" ", by=leader, house=county)
    await extend(report.number, reason=WHY, by=leader, house=county)
    longer = await Report.get(id=report.id)
    assert 89 <= (longer.due_at - report.due_at).days <= 92
    with pytest.raises(TransitionNotAllowed):
        await extend(report.number, reason=WHY, by=leader, house=county)
    assert await Event.filter(action="report.extend").count() == 1
    assert (await Report.get(id=report.id)).due_at == longer.due_at


@pytest.mark.parametrize("last", ["accept", "dispose", "conclude", "feedback"])
async def test_nothing_is_extended_but_what_is_handled(county, file, last):
    report = await brought_to(last, await file(), house=county)
    with pytest.raises(TransitionNotAllowed):
        await extend(report.number, reason=WHY, by=await viewer(county, "t-east-l"), house=county)


@pytest.mark.parametrize("is_by_hand", [True, False])
async def test_a_clock_that_stood_goes_on_with_the_days_it_had(county, handled, later, is_by_hand):
    report, leader = await handled(), await viewer(county, "t-east-l")
    await pause(report.number, reason=WHY, until=in_days(county, 20), by=leader, house=county)
    standing = await Report.get(id=report.id)
    assert standing.paused_at is not None and standing.due_at is None
    with pytest.raises(TransitionNotAllowed):
        await pause(report.number, reason=WHY, until=in_days(county, 30), by=leader, house=county)
    with pytest.raises(TransitionNotAllowed):
        await extend(report.number, reason=WHY, by=leader, house=county)
    # by hand after ten days; by itself after twenty, also where the worker was down for longer
    later(10 if is_by_hand else 50)
    if is_by_hand:
        await do_due(house=county)
        assert (await Report.get(id=report.id)).paused_at is not None
        await resume(report.number, by=await viewer(county, "t-east-a"), house=county)
    else:
        await do_due(house=county)
        await do_due(house=county)
    going = await Report.get(id=report.id)
    assert going.paused_at is None
    assert going.due_at == report.due_at + timedelta(days=10 if is_by_hand else 20)
    with pytest.raises(TransitionNotAllowed):
        await resume(report.number, by=leader, house=county)
    assert await Event.filter(action="report.resume").count() == 1
    assert (await CaseRecord.get(kind="pause")).outcome is RecordOutcome.ENDED


async def test_what_stands_is_not_due_and_what_is_late_does_not_stand(county, handled, later):
    report, leader = await handled(), await viewer(county, "t-east-l")
    for wrong in ("", "soon", in_days(county, 0), in_days(county, 91)):
        with pytest.raises(FieldWrong) as refused:
            await pause(report.number, reason=WHY, until=wrong, by=leader, house=county)
        assert refused.value.field == "until"
    with pytest.raises(TransitionNotAllowed):
        by = await viewer(county, "t-east-a")
        await pause(report.number, reason=WHY, until=in_days(county, 9), by=by, house=county)
    end = datetime.combine(today(county), time(23, 59, 59), county.timezone)
    await Report.filter(id=report.id).update(due_at=end)

    async def due_today():
        found = await due_reports(leader, at=county.clock.now(), day_ends_at=end)
        return [row.number for row in found.rows]

    assert await due_today() == [report.number]
    await pause(report.number, reason=WHY, until=in_days(county, 9), by=leader, house=county)
    assert await due_today() == []
    await resume(report.number, by=leader, house=county)
    assert await due_today() == [report.number]
    later(3)
    with pytest.raises(TransitionNotAllowed) as refused:
        await pause(report.number, reason=WHY, until=in_days(county, 9), by=leader, house=county)
    assert "超期" in refused.value.message


async def test_another_clock_or_other_hands_end_the_pause(county, file):
    leader, handler = await viewer(county, "t-east-l"), await viewer(county, "t-east-a")
    report = await brought_to("accept", await file(), house=county)
    other = await brought_to("accept", await file(), house=county)
    for each in (report, other):
        await pause(each.number, reason=WHY, until=in_days(county, 9), by=leader, house=county)
    await dispose(report.number, disposition="verify", text=WHY, by=handler, house=county)
    await approve(report.number, by=leader, house=county)
    await recuse(other.number, reason=WHY, by=handler, house=county)
    for each in (report, other):
        now = await Report.get(id=each.id)
        assert now.paused_at is None and now.due_at is not None
        assert (await CaseRecord.get(report_id=each.id, kind="pause")).outcome is RecordOutcome.VOID
        with pytest.raises(TransitionNotAllowed):
            await resume(each.number, by=leader, house=county)
