"""评价, 结案 and 回头看: the reporter has the last word twice, then somebody above; then it closes by itself."""

import pytest

from access.look_backs import due_look_backs
from access.reports import ReportNotFound, find_report
from casework.closing import close_due
from casework.dispose import dispose
from casework.errors import RatingNotPossible, TransitionNotAllowed
from casework.look_back import look_back
from casework.rate import may_rate, rate
from casework.timed import do_due
from dossier.hanging import hanging_on
from dossier.records import opened
from dossier.rows import report_key
from models.case_record import CaseRecord
from models.choices import Rating, RecordOutcome, Role, Speaker, Status
from models.event import Event
from models.message import Message
from models.outbox import OutboxNotice
from models.report import Report
from models.staff import Staff
from organisation.house import House
from tests.casework.conftest import viewer
from tests.casework.living import brought_to


@pytest.fixture
def later(county: House):
    """Moves the clock so many days on."""

    def shift(days: float) -> None:
        county.clock._offset_file.write_text(str(days * 86_400))

    return shift


@pytest.fixture
def fed_back(county, file):
    async def make(**more):
        return await brought_to("feedback", await file(**more), house=county)

    return make


async def said(house, report, speaker):
    key = report_key(report, house=house)
    return [
        key.open_text(row.sealed_text, place=f"message:{row.id}:text")
        for row in await Message.filter(report_id=report.id, speaker=speaker).order_by("said_at", "id")
    ]


@pytest.mark.parametrize("result", [Rating.SOLVED, Rating.PARTLY])
async def test_a_rating_is_given_once_for_each_feedback(county, fed_back, result):
    report = await fed_back()
    await rate(report, result=result, text="路灯亮了", house=county)
    assert (report.rating, report.status) == (result, Status.FED_BACK)
    assert (await said(county, report, Speaker.ME))[-1] == f"评价：{result.label}。路灯亮了"
    for again in Rating:
        with pytest.raises(RatingNotPossible):
            await rate(report, result=again, house=county)
    event = await Event.get(action="report.rate")
    assert event.actor == "reporter" and "路灯" not in str(event.data)
    assert 6 <= (report.due_at - county.clock.now()).days <= 7


@pytest.mark.parametrize("last", ["accept", "approve", "conclude"])
async def test_before_the_feedback_there_is_nothing_to_rate(county, file, last):
    report = await brought_to(last, await file(), house=county)
    assert not may_rate(report)
    with pytest.raises(RatingNotPossible):
        await rate(report, result=Rating.SOLVED, house=county)
    assert not await CaseRecord.filter(kind="rating").exists()


async def test_unsolved_is_taken_up_again_by_somebody_else(county, fed_back):
    report = await fed_back()
    first = report.handler_id
    told_before = await OutboxNotice.filter(report_id=report.id, staff_id__isnull=False).count()
    await rate(report, result=Rating.UNSOLVED, text="还是黑的", house=county)
    assert (report.status, report.owner_id, report.rating) == (Status.ACCEPTED, "T-EAST", Rating.UNSOLVED)
    assert report.handler_id not in (None, first)
    assert report.disposition is None and report.fed_back_at is None and report.concluded_at is None
    assert 29 <= (report.due_at - county.clock.now()).days <= 30
    assert await OutboxNotice.filter(report_id=report.id, staff_id__isnull=False).count() == told_before + 3
    with pytest.raises(TransitionNotAllowed) as refused:
        await dispose(
            report.number,
            disposition="verify",
            text="再查",
            by=await viewer(county, "t-east-a"),
            house=county,
        )
    assert "赵b" in refused.value.message
    report = await brought_to("feedback", report, house=county, handler="b")
    # a new feedback is rated anew
    assert report.rating is None and may_rate(report)


async def test_unsolved_a_second_time_goes_to_the_zones_office_and_then_further_up(county, fed_back):
    report = await fed_back()
    await rate(report, result=Rating.UNSOLVED, house=county)
    owners = [report.owner_id]
    for handler in ("b", "a", "a"):
        report = await brought_to("feedback", report, house=county, handler=handler)
        await rate(report, result=Rating.UNSOLVED, house=county)
        owners.append(report.owner_id)
    assert owners == ["T-EAST", "OFFICE-1", "HEAD", "CITY"]
    assert report.status is Status.RECEIVED and report.handler_id is None
    with pytest.raises(ReportNotFound):
        await find_report(await viewer(county, "t-east-l"), number=report.number)
    assert await Event.filter(action="report.rate").count() == 4
    assert sum("已转至有管辖权的机构" in words for words in await said(county, report, Speaker.SYSTEM)) == 3
    # nobody is above the city: it tries again
    report = await brought_to("feedback", report, house=county)
    await rate(report, result=Rating.UNSOLVED, house=county)
    assert (report.owner_id, report.status) == ("CITY", Status.ACCEPTED)


async def test_a_body_with_one_handler_tries_again_with_that_one(county, fed_back):
    report = await fed_back()
    await Staff.filter(username="t-east-b").update(role=Role.OPERATOR)
    await rate(report, result=Rating.UNSOLVED, house=county)
    assert (report.status, report.handler_id) == (Status.ACCEPTED, None)
    assert (await brought_to("approve", report, house=county)).status is Status.HANDLING


async def test_somebody_named_only_in_the_rating_sees_it_no_more(county, fed_back):
    report = await fed_back()
    await rate(report, result=Rating.PARTLY, text="西坪不管，东河镇纪委的赵l是村主任的姐夫", house=county)
    with pytest.raises(ReportNotFound):
        await find_report(await viewer(county, "t-east-l"), number=report.number)


@pytest.mark.parametrize(("is_rated", "days"), [(True, 7), (False, 30)])
async def test_it_closes_by_itself_and_is_looked_back_at(county, fed_back, later, is_rated, days):
    report = await fed_back()
    if is_rated:
        await rate(report, result=Rating.SOLVED, house=county)
    later(days - 1)
    await do_due(house=county)
    assert (await Report.get(id=report.id)).status is Status.FED_BACK
    later(days + 1)
    await do_due(house=county)
    await do_due(house=county)
    report = await Report.get(id=report.id)
    assert report.status is Status.CLOSED and report.closed_at is not None and report.due_at is None
    assert (await Event.get(action="report.close")).actor == "system"
    assert not may_rate(report)

    by = await viewer(county, "t-east-a")
    assert await due_look_backs(by, day_ends_at=county.clock.now()) == []
    later(days + 100)
    assert [row.number for row in await due_look_backs(by, day_ends_at=county.clock.now())] == [report.number]
    assert await due_look_backs(await viewer(county, "t-west-a"), day_ends_at=county.clock.now()) == []
    await look_back(report.number, text="灯都亮着，群众满意", by=by, house=county)
    assert await due_look_backs(by, day_ends_at=county.clock.now()) == []
    with pytest.raises(TransitionNotAllowed):
        await look_back(report.number, text="又看了一次", by=by, house=county)
    kept = opened((await hanging_on(report)).records[-1], key=report_key(report, house=county))
    assert (kept.row.outcome, kept.answer["text"]) == (RecordOutcome.ENDED, "灯都亮着，群众满意")


async def test_a_worker_that_was_down_closes_all_and_each_once(county, fed_back, later):
    reports = [await fed_back() for _ in range(3)]
    later(200)
    assert await close_due(house=county) == 3
    assert await close_due(house=county) == 0
    assert await Event.filter(action="report.close").count() == 3
    assert {r.status for r in await Report.filter(id__in=[r.id for r in reports])} == {Status.CLOSED}
