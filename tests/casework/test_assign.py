"""分派: the leader names a handler who may see the matter; that one is told."""

import pytest

from casework.assign import assign, assignable
from casework.errors import FieldWrong, TransitionNotAllowed
from casework.recuse import recuse
from models.event import Event
from models.outbox import OutboxNotice
from models.report import Report
from models.staff import Staff
from tests.casework.conftest import viewer


async def test_the_handler_named_is_told_and_kept(county, file):
    report = await file()
    by = await viewer(county, "t-east-l")
    await assign(report.number, staff="t-east-a", by=by, house=county)
    person = await Staff.get(username="t-east-a")
    assert (await Report.get(id=report.id)).handler_id == person.id
    event = await Event.get(action="report.assign")
    assert (event.actor, event.object_id) == (by.actor, f"staff:{person.id}")
    told = await OutboxNotice.filter(report_id=report.id, dedupe_key__contains=":assign:")
    assert [notice.staff_id for notice in told] == [person.id]
    with pytest.raises(TransitionNotAllowed):
        await assign(report.number, staff="t-east-a", by=by, house=county)
    await assign(report.number, staff="t-east-b", by=by, house=county)
    assert (await Report.get(id=report.id)).handler_id == (await Staff.get(username="t-east-b")).id


@pytest.mark.parametrize("staff", ["", "nobody", "t-east-l", "t-west-a", "t-east-b"])
async def test_only_a_handler_of_the_body_who_may_see_it(county, file, staff):
    report = await file()
    by = await viewer(county, "t-east-l")
    await recuse(report.number, who="t-east-b", reason="同村近亲属", by=by, house=county)
    with pytest.raises(FieldWrong) as wrong:
        await assign(report.number, staff=staff, by=by, house=county)
    # the recused in the words of the unknown
    assert (wrong.value.field, wrong.value.message) == ("staff", "请从名单里选择本机构的一位承办人。")
    assert (await Report.get(id=report.id)).handler_id is None
    assert [person.username for person in await assignable(report, house=county)] == ["t-east-a"]


async def test_an_account_that_waits_for_confirmation_is_not_assigned(county, file):
    report = await file()
    await Staff.filter(username="t-east-a").update(confirmed_at=None)
    await Staff.filter(username="t-east-b").update(is_active=False)
    for staff in ("t-east-a", "t-east-b"):
        with pytest.raises(FieldWrong):
            await assign(report.number, staff=staff, by=await viewer(county, "t-east-l"), house=county)
    assert await assignable(report, house=county) == []


async def test_a_handler_assigns_nobody(county, file):
    report = await file()
    with pytest.raises(TransitionNotAllowed):
        await assign(report.number, staff="t-east-b", by=await viewer(county, "t-east-a"), house=county)


async def test_a_recusal_clears_the_handler(county, file):
    report = await file()
    await assign(report.number, staff="t-east-a", by=await viewer(county, "t-east-l"), house=county)
    await recuse(report.number, reason="亲属", by=await viewer(county, "t-east-a"), house=county)
    assert (await Report.get(id=report.id)).handler_id is None
