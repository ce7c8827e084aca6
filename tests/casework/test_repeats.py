"""重复反映: found among what the viewer sees, linked, and answered together; no reporter hears of another."""

import pytest

from access.repeats import find_repeats, linked_reports
from access.reports import ReportNotFound
from casework.errors import FieldWrong, TransitionNotAllowed
from casework.feedback import feedback
from casework.link_repeat import link_repeat
from models.choices import Channel, Status
from models.event import Event
from models.message import Message
from models.outbox import OutboxNotice
from models.report import Report
from routing.facts import Subject
from tests.casework.conftest import viewer
from tests.casework.living import brought_to


@pytest.fixture
def by_another(county, file):
    async def make(who="o-neighbour", **more):
        index = county.vault.index("oa", who)
        return await file(person_index=index, openid=who, channel=Channel.CHAT, **more)

    return make


async def found(house, report, username="t-east-a"):
    repeats = await find_repeats(await viewer(house, username), report=report)
    return {each.number: (each.is_same_reporter, each.is_same_subject, each.is_linked) for each in repeats}


async def link(house, report, first, username="t-east-a"):
    await link_repeat(report.number, of=first.number, by=await viewer(house, username), house=house)
    return await Report.get(id=report.id)


async def test_found_by_reporter_and_by_subject_among_what_one_sees(county, file, by_another):
    about = Subject(name="马德福", post="村会计")
    first = await file(subject=about)
    same_person, same_subject = await file(), await by_another(subject=about)
    neither, elsewhere = await by_another(), await file(region="990101002001")
    assert await found(county, first) == {
        same_person.number: (True, False, False),
        same_subject.number: (False, True, False),
    }
    assert elsewhere.owner_id == "T-WEST" and await found(county, elsewhere, "t-west-a") == {}
    assert set(await found(county, neither)) == {same_subject.number}
    assert await found(county, first, "office-1-l") == {}


async def test_nothing_is_alike_where_nothing_is_known(county, file):
    first, second = await file(), await file()
    await Report.all().update(reporter_index=None)
    for report in (first, second):
        assert await found(county, await Report.get(id=report.id)) == {}


async def test_linked_to_the_first_whatever_the_order(county, file, by_another):
    first, second, third = await file(), await by_another(), await by_another("o-third")
    await link(county, third, second)
    await link(county, second, first)
    assert {r.repeat_of for r in await Report.filter(id__in=[second.id, third.id])} == {first.id}
    by = await viewer(county, "t-east-a")
    assert await linked_reports(by, report=await Report.get(id=third.id)) == [first.number, second.number]
    for report, of in ((first, first), (third, first), (first, third)):
        with pytest.raises(TransitionNotAllowed):
            await link(county, report, of)
    assert await Event.filter(action="report.link-repeat").count() == 2


async def test_only_with_a_report_one_may_see(county, file):
    first, elsewhere = await file(), await file(region="990101002001")
    for of in (elsewhere.number, "NOSUCH", ""):
        with pytest.raises(FieldWrong) as wrong:
            by = await viewer(county, "t-east-a")
            await link_repeat(first.number, of=of, by=by, house=county)
        assert wrong.value.field == "of"
    with pytest.raises(ReportNotFound):
        await link(county, elsewhere, first)
    assert not await Report.filter(repeat_of__isnull=False).exists()


async def test_one_feedback_answers_all_and_whoever_reported_twice_once(county, file, by_another):
    first, again, other, open_one = (
        await file(),
        await file(),
        await by_another(),
        await by_another("o-third"),
    )
    for report in (again, other, open_one):
        await link(county, report, first)
    for report in (first, again, other):
        await brought_to("conclude", await Report.get(id=report.id), house=county)
    told = await OutboxNotice.filter(notice="report_progress", staff_id__isnull=True).count()
    by = await viewer(county, "t-east-a")
    await feedback(first.number, text="已经修好", together="yes", by=by, house=county)
    states = {r.number: r.status for r in await Report.all()}
    assert [states[r.number] for r in (first, again, other)] == [Status.FED_BACK] * 3
    assert states[open_one.number] is Status.RECEIVED
    assert await OutboxNotice.filter(notice="report_progress", staff_id__isnull=True).count() == told + 2
    assert await Event.filter(action="report.feedback").count() == 3
    # each reads the answer under their own report
    for report in (first, again, other):
        assert await Message.filter(report_id=report.id, speaker="staff").count() == 1


async def test_alone_when_it_is_asked_for_alone(county, file):
    first, again = await file(), await file()
    await link(county, again, first)
    for report in (first, again):
        await brought_to("conclude", await Report.get(id=report.id), house=county)
    await feedback(first.number, text="已经修好", by=await viewer(county, "t-east-a"), house=county)
    assert (await Report.get(id=again.id)).status is Status.CONCLUDED
