"""处置意见 to 反馈: proposed by one, approved by another, worked on, concluded, and told to the reporter."""

from datetime import timedelta

import pytest

from access.reports import ReportNotFound, find_report, list_to_approve, open_report
from casework.accept import accept
from casework.approve import approve
from casework.conclude import conclude
from casework.dispose import dispose
from casework.errors import FieldWrong, TransitionNotAllowed
from casework.feedback import feedback
from casework.recuse import recuse
from casework.send_back import send_back
from dossier.hanging import hanging_on
from dossier.records import opened
from dossier.rows import report_key
from models.case_record import CaseRecord
from models.choices import Disposition, RecordOutcome, Role, Speaker, Status
from models.event import Event
from models.message import Message
from models.outbox import OutboxNotice
from models.report import Report
from models.staff import Staff
from organisation.live import raise_version
from organisation.working_days import Calendar
from tests.casework.conftest import viewer

WHY = "经初步了解，有查证条件，拟作处置。"
STUDY = "十一月二十五日，赵l、赵a、赵b集体研究，一致同意。"
RESULT = "路灯已经全部更换，谢谢您的反映。"


@pytest.fixture
def accepted(county, file):
    async def make(kind="clue", **more):
        report = await file(**more)
        await accept(report.number, kind=kind, by=await viewer(county, "t-east-a"), house=county)
        return await Report.get(id=report.id)

    return make


async def propose(house, report, *, by="t-east-a", disposition="verify", **more):
    await dispose(
        report.number, disposition=disposition, text=WHY, by=await viewer(house, by), house=house, **more
    )
    return await Report.get(id=report.id)


async def approved(house, report, *, by="t-east-l"):
    await approve(report.number, by=await viewer(house, by), house=house)
    return await Report.get(id=report.id)


def local_day(house, at):
    return at.astimezone(house.timezone).date()


async def test_the_whole_way_of_a_clue(county, accepted):
    report = await propose(county, await accepted())
    assert (report.status, report.approver_id) == (Status.ACCEPTED, "T-EAST")
    assert report.handler_id == (await viewer(county, "t-east-a")).staff_id
    report = await approved(county, report)
    assert (report.status, report.disposition, report.approver_id) == (
        Status.HANDLING, Disposition.VERIFY, None
    )  # fmt: skip
    assert 88 <= (report.due_at - county.clock.now()).days <= 93

    handler = await viewer(county, "t-east-a")
    await conclude(report.number, text="查实村委会漏报，已经责成整改。", by=handler, house=county)
    report = await Report.get(id=report.id)
    assert report.status is Status.CONCLUDED
    assert report.due_at == Calendar().add_working_days(
        report.concluded_at, days=15, timezone=county.timezone
    )

    await feedback(report.number, text=RESULT, by=handler, house=county)
    report = await Report.get(id=report.id)
    assert report.status is Status.FED_BACK
    key = report_key(report, house=county)
    message = await Message.get(report_id=report.id, speaker=Speaker.STAFF)
    assert key.open_text(message.sealed_text, place=f"message:{message.id}:text") == RESULT
    assert await OutboxNotice.filter(report_id=report.id, message_id=message.id).count() == 1
    events = [e.action for e in await Event.filter(report_id=report.id).order_by("id")]
    assert [e for e in events if e != "report.read"][-5:] == [
        "report.accept", "report.dispose", "report.approve", "report.conclude", "report.feedback"
    ]  # fmt: skip
    kept = [opened(row, key=key) for row in (await hanging_on(report)).records]
    assert [(each.row.kind, each.row.outcome) for each in kept] == [
        ("proposal", "approved"), ("conclusion", "kept")
    ]  # fmt: skip
    for row in await CaseRecord.all():
        assert WHY.encode() not in bytes(row.sealed_content)


async def test_nobody_approves_their_own_proposal_whatever_they_became(county, accepted):
    report = await propose(county, await accepted())
    with pytest.raises(TransitionNotAllowed):
        await approve(report.number, by=await viewer(county, "t-east-a"), house=county)
    # the handler was made leader while the proposal waited
    await Staff.filter(username="t-east-a").update(role=Role.LEADER)
    for act in (approve, send_back):
        with pytest.raises(TransitionNotAllowed) as refused:
            more = {"reason": WHY} if act is send_back else {}
            await act(report.number, by=await viewer(county, "t-east-a"), house=county, **more)
        assert "自己提出" in refused.value.message
    assert (await approved(county, report)).status is Status.HANDLING


@pytest.mark.parametrize("disposition", ["dismiss", "answer"])
async def test_what_needs_no_work_is_concluded_by_its_approval(county, accepted, disposition):
    report = await accepted("clue" if disposition == "dismiss" else "suggestion")
    report = await propose(county, report, disposition=disposition, study=STUDY)
    report = await approved(county, report)
    assert report.status is Status.CONCLUDED and report.concluded_at is not None
    assert report.due_at == Calendar().add_working_days(
        report.concluded_at, days=15, timezone=county.timezone
    )


async def test_a_clue_is_not_dismissed_without_collective_study(county, accepted):
    report = await accepted()
    with pytest.raises(FieldWrong) as wrong:
        await propose(county, report, disposition="dismiss", study="  ")
    assert wrong.value.field == "study"
    assert not await CaseRecord.all().exists()


@pytest.mark.parametrize(
    ("kind", "disposition"),
    [("clue", "answer"), ("clue", "refer"), ("livelihood", "dismiss"), ("appeal", "verify"), ("clue", "")],
)
async def test_each_kind_has_its_own_dispositions(county, accepted, kind, disposition):
    with pytest.raises(FieldWrong) as wrong:
        await propose(county, await accepted(kind), disposition=disposition, study=STUDY)
    assert wrong.value.field == "disposition"


async def test_what_is_held_comes_back_on_its_review_day_and_is_no_trap(county, accepted):
    report = await accepted()
    today = local_day(county, county.clock.now())
    for wrong_day in ("", "soon", today.isoformat(), (today + timedelta(days=400)).isoformat()):
        with pytest.raises(FieldWrong) as wrong:
            await propose(county, report, disposition="hold", review_on=wrong_day)
        assert wrong.value.field == "review_on"
    day = today + timedelta(days=60)
    report = await propose(county, report, disposition="hold", review_on=day.isoformat())
    report = await approved(county, report)
    assert report.status is Status.HANDLING and local_day(county, report.due_at) == day
    with pytest.raises(TransitionNotAllowed):
        await conclude(report.number, text=WHY, by=await viewer(county, "t-east-a"), house=county)
    # sent back, it stays held; approved, it is worked on
    report = await propose(county, report)
    await send_back(report.number, reason="再等等", by=await viewer(county, "t-east-l"), house=county)
    report = await Report.get(id=report.id)
    assert (report.status, report.disposition) == (Status.HANDLING, Disposition.HOLD)
    report = await approved(county, await propose(county, report))
    assert (report.status, report.disposition) == (Status.HANDLING, Disposition.VERIFY)
    with pytest.raises(TransitionNotAllowed):
        await propose(county, report)


async def test_a_proposal_sent_back_is_made_again(county, accepted):
    report = await propose(county, await accepted())
    await send_back(report.number, reason="先找会计谈", by=await viewer(county, "t-east-l"), house=county)
    report = await Report.get(id=report.id)
    assert (report.status, report.approver_id, report.disposition) == (Status.ACCEPTED, None, None)
    with pytest.raises(TransitionNotAllowed):
        await approve(report.number, by=await viewer(county, "t-east-l"), house=county)
    report = await propose(county, report, disposition="talk")
    assert (await approved(county, report)).disposition is Disposition.TALK
    rows = await CaseRecord.filter(report_id=report.id).order_by("made_at", "id")
    assert sorted(row.outcome for row in rows) == [RecordOutcome.APPROVED, RecordOutcome.SENT_BACK]


async def test_a_later_proposal_takes_the_place_of_one_that_waits(county, accepted):
    report = await propose(county, await accepted())
    report = await propose(county, report, by="t-east-b", disposition="talk")
    assert (await approved(county, report)).disposition is Disposition.TALK
    assert await CaseRecord.filter(outcome=RecordOutcome.VOID).count() == 1
    # who carried it first still does
    assert report.handler_id == (await viewer(county, "t-east-a")).staff_id


async def test_without_a_free_leader_the_zones_office_approves_and_sees_no_longer(county, accepted):
    report, other = await accepted(), await accepted()
    await Staff.filter(username="t-east-l").update(is_active=False)
    await raise_version(at=county.clock.now())
    await county.organisation.refresh()
    report = await propose(county, report)
    assert report.approver_id == "OFFICE-1" and report.owner_id == "T-EAST"
    leader, handler = await viewer(county, "office-1-l"), await viewer(county, "office-1-a")
    assert [row.number for row in await list_to_approve(leader)] == [report.number]
    assert await list_to_approve(handler) == []
    assert (await open_report(leader, number=report.number, at=county.clock.now())).id == report.id
    for person, number in ((handler, report.number), (leader, other.number)):
        with pytest.raises(ReportNotFound):
            await open_report(person, number=number, at=county.clock.now())
    # to approve is all it may do
    with pytest.raises(ReportNotFound):
        await conclude(report.number, text=WHY, by=leader, house=county)
    report = await approved(county, report, by="office-1-l")
    assert (report.status, report.owner_id) == (Status.HANDLING, "T-EAST")
    with pytest.raises(ReportNotFound):
        await open_report(leader, number=report.number, at=county.clock.now())


async def test_what_waited_in_hands_it_was_taken_from_waits_no_more(county, accepted):
    report = await propose(county, await accepted())
    await recuse(report.number, reason="是我亲戚", by=await viewer(county, "t-east-a"), house=county)
    report = await Report.get(id=report.id)
    assert (report.status, report.approver_id) == (Status.RECEIVED, None)
    assert (await CaseRecord.get()).outcome is RecordOutcome.VOID
    assert await find_report(await viewer(county, "t-east-l"), number=report.number)
