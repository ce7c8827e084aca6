"""不予受理: with a ground and where to go, by the leader, and never a livelihood matter."""

import pytest

from access.reports import ReportNotFound
from casework.accept import accept
from casework.decline import decline
from casework.errors import FieldWrong, TransitionNotAllowed
from dossier.rows import report_key
from models.choices import Kind, Speaker, Status
from models.event import Event
from models.message import Message
from models.outbox import OutboxNotice
from models.report import Report
from tests.casework.conftest import viewer

GUIDANCE = "请带上合同，到区人民法院立案窗口咨询。"


async def test_the_reporter_reads_why_and_where_to_go(county, file):
    report = await file()
    by = await viewer(county, "t-east-l")
    await decline(report.number, ground="litigation", text=GUIDANCE, by=by, house=county)
    declined = await Report.get(id=report.id)
    assert (declined.status, declined.due_at) == (Status.DECLINED, None)
    message = await Message.get(report_id=report.id, speaker=Speaker.STAFF)
    key = report_key(report, house=county)
    told = key.open_text(message.sealed_text, place=f"message:{message.id}:text")
    assert GUIDANCE in told and "诉讼" in told
    notice = await OutboxNotice.get(report_id=report.id, notice="report_progress")
    assert notice.message_id == message.id
    payload = key.open_json(notice.sealed_payload, place=f"outbox:{notice.id}:payload")
    assert payload["status"] == "不予受理"
    event = await Event.get(action="report.decline")
    assert (event.actor, event.data) == (by.actor, {"ground": "litigation"})


@pytest.mark.parametrize(
    ("ground", "text", "field"),
    [
        ("", GUIDANCE, "ground"),
        ("gossip", GUIDANCE, "ground"),
        ("LITIGATION", GUIDANCE, "ground"),
        ("litigation", " \n", "text"),
        ("litigation", "字" * 501, "text"),
    ],
)
async def test_a_missing_ground_or_guidance_is_a_wrong_field(county, file, ground, text, field):
    report = await file()
    with pytest.raises(FieldWrong) as wrong:
        await decline(
            report.number, ground=ground, text=text, by=await viewer(county, "t-east-l"), house=county
        )
    assert wrong.value.field == field
    assert (await Report.get(id=report.id)).status == Status.RECEIVED


@pytest.mark.parametrize("is_accepted_before", [True, False])
async def test_a_livelihood_matter_is_never_declined(county, file, is_accepted_before):
    report = await file(kind=None if is_accepted_before else "livelihood")
    if is_accepted_before:
        # found to be one by the body that had it first
        await Report.filter(id=report.id).update(kind=Kind.LIVELIHOOD)
    with pytest.raises(TransitionNotAllowed) as refused:
        by = await viewer(county, "t-east-l")
        await decline(report.number, ground="no-substance", text=GUIDANCE, by=by, house=county)
    assert "急难愁盼" in refused.value.message
    assert not await OutboxNotice.filter(notice="report_progress").exists()


async def test_what_staff_found_counts_for_more_than_what_the_villager_called_it(county, file):
    report = await file(kind="livelihood")
    await Report.filter(id=report.id).update(kind=Kind.SUGGESTION)
    by = await viewer(county, "t-east-l")
    await decline(report.number, ground="no-substance", text=GUIDANCE, by=by, house=county)
    assert (await Report.get(id=report.id)).status == Status.DECLINED


async def test_only_the_leader_and_only_before_it_is_accepted(county, file):
    report = await file()
    with pytest.raises(TransitionNotAllowed):
        by = await viewer(county, "t-east-a")
        await decline(report.number, ground="no-substance", text=GUIDANCE, by=by, house=county)
    leader = await viewer(county, "t-east-l")
    await accept(report.number, kind="clue", by=leader, house=county)
    with pytest.raises(TransitionNotAllowed):
        await decline(report.number, ground="no-substance", text=GUIDANCE, by=leader, house=county)
    with pytest.raises(ReportNotFound):
        by = await viewer(county, "t-west-l")
        await decline(report.number, ground="no-substance", text=GUIDANCE, by=by, house=county)
