"""询问反映人: one question at a time, answered by its reporter alone; the clock that stood for it goes on."""

from datetime import timedelta

import pytest

from casework.ask import ask
from casework.careful import TextBetrays
from casework.errors import FieldWrong, TransitionNotAllowed
from casework.recuse import recuse
from dossier.questions import question_to
from dossier.rows import report_key
from intake.answering import QuestionGone, answer_question
from intake.errors import DraftEmpty
from models.case_record import CaseRecord
from models.choices import RecordOutcome
from models.event import Event
from models.outbox import OutboxNotice
from models.report import Report
from models.staff import Staff
from organisation.live import raise_version
from tests.casework.conftest import viewer
from tests.casework.living import brought_to

WHAT = "钱是什么时候交的？"


@pytest.fixture
def asked(county, file):
    async def make(by="t-east-a", options="去年\n今年\n\n去年", **more):
        report = await file()
        who = await viewer(county, by)
        await ask(report.number, text=WHAT, options=options, by=who, house=county, **more)
        return await Report.get(id=report.id)

    return make


async def question_id(house, report):
    found = await question_to(report, key=report_key(report, house=house))
    assert found is not None
    return found.id


async def answered(house, report, text="去年", **more):
    await answer_question(report, question=await question_id(house, report), text=text, house=house, **more)
    return await Report.get(id=report.id)


async def test_asked_told_and_answered_once(county, asked):
    report = await asked()
    found = await question_to(report, key=report_key(report, house=county))
    assert found is not None and (found.text, found.options) == (WHAT, ["去年", "今年"])
    assert await OutboxNotice.filter(notice="report_reply", report_id=report.id).count() == 1
    before = await OutboxNotice.filter(notice="report_new").count()
    report = await answered(county, report)
    record = await CaseRecord.get(id=found.id)
    assert record.outcome is RecordOutcome.ANSWERED and report.question_id is None
    # those who answer for the report are told, with no word of it
    assert await OutboxNotice.filter(notice="report_new").count() == before + 3
    with pytest.raises(QuestionGone):
        await answer_question(report, question=found.id, text="今年", house=county)
    assert await Event.filter(action="report.answer-question", actor="reporter").count() == 1


async def test_a_later_question_takes_the_place_of_the_first(county, asked):
    report = await asked()
    first = await question_id(county, report)
    await ask(report.number, text="多少钱？", by=await viewer(county, "t-east-b"), house=county)
    report = await Report.get(id=report.id)
    with pytest.raises(QuestionGone):
        await answer_question(report, question=first, text="去年", house=county)
    with pytest.raises(DraftEmpty):
        await answered(county, report, text="  ")
    assert (await answered(county, report, text="三百")).question_id is None
    assert (await CaseRecord.get(id=first)).outcome is RecordOutcome.VOID


async def test_the_clock_stands_only_for_a_leader_and_goes_on_with_the_answer(county, file, clock_moves):
    report = await brought_to("accept", await file(), house=county)
    until = (county.clock.now() + timedelta(days=20)).date().isoformat()
    with pytest.raises(TransitionNotAllowed):
        by = await viewer(county, "t-east-a")
        await ask(report.number, text=WHAT, until=until, by=by, house=county)
    assert not await CaseRecord.filter(kind="question").exists()
    by = await viewer(county, "t-east-l")
    await ask(report.number, text=WHAT, until=until, by=by, house=county)
    standing = await Report.get(id=report.id)
    assert standing.due_at is None and standing.paused_at is not None
    clock_moves(days=4)
    gone_on = await answered(county, standing)
    assert gone_on.paused_at is None and (gone_on.due_at - report.due_at).days == 4


async def test_the_answer_to_a_later_question_lets_the_clock_go_on(county, file):
    report = await brought_to("accept", await file(), house=county)
    until = (county.clock.now() + timedelta(days=20)).date().isoformat()
    by = await viewer(county, "t-east-l")
    await ask(report.number, text=WHAT, until=until, by=by, house=county)
    await ask(report.number, text="多少钱？", by=by, house=county)
    gone_on = await answered(county, await Report.get(id=report.id), text="三百")
    assert gone_on.paused_at is None and gone_on.due_at == report.due_at


async def test_what_betrays_is_held_back_and_options_are_few_and_short(county, file):
    report, by = await file(), await viewer(county, "t-east-a")
    with pytest.raises(TextBetrays):
        await ask(report.number, text="您举报的事", careful="yes", by=by, house=county)
    for options in ("\n".join("abcdefg"), "字" * 41):
        with pytest.raises(FieldWrong) as wrong:
            await ask(report.number, text=WHAT, options=options, by=by, house=county)
        assert wrong.value.field == "options"
    with pytest.raises(FieldWrong):
        await ask(report.number, text=" ", by=by, house=county)
    assert not await CaseRecord.filter(kind="question").exists()


async def test_in_other_hands_it_waits_no_more(county, asked):
    report = await asked()
    first = await question_id(county, report)
    for name in ("t-east-b", "t-east-l"):
        await recuse(report.number, who="", reason="亲戚", by=await viewer(county, name), house=county)
    moved = await Report.get(id=report.id)
    assert moved.owner_id != "T-EAST" and moved.question_id is None
    with pytest.raises(QuestionGone):
        await answer_question(moved, question=first, text="去年", house=county)


async def test_whoever_the_answer_names_is_not_told(county, asked):
    meant = await Staff.get(username="t-east-a")
    report = await asked()
    await Staff.filter(id=meant.id).update(name="欧阳春山")
    await raise_version(at=county.clock.now())
    await county.organisation.refresh()
    told = await OutboxNotice.filter(staff_id=meant.id).count()
    await answered(county, report, text="东河镇纪委欧阳春山收的")
    assert await OutboxNotice.filter(staff_id=meant.id).count() == told
    assert await OutboxNotice.filter(notice="report_new").count() > told
