"""受理 and 回复: what changes, what is told, what is logged, and what is refused."""

import asyncio

import pytest
from tortoise.transactions import in_transaction

from access.reports import ReportNotFound
from casework.accept import accept
from casework.errors import FieldWrong, TransitionNotAllowed
from casework.reply import reply
from models.choices import Kind, Speaker, Status
from models.event import Event
from models.message import Message
from models.outbox import OutboxNotice
from models.report import Report
from tests.casework.conftest import viewer


async def test_accepting_sets_the_kind_and_tells_the_reporter(county, file):
    report = await file()
    by = await viewer(county, "t-east-a")
    await accept(report.number, kind="livelihood", by=by, house=county)

    report = await Report.get(id=report.id)
    assert (report.status, report.kind) == (Status.ACCEPTED, Kind.LIVELIHOOD)
    assert report.accepted_at is not None
    assert report.due_at is not None and (report.due_at - report.accepted_at).days == 30
    notice = await OutboxNotice.get(report_id=report.id, notice="report_progress")
    assert notice.staff_id is None and notice.liaison_id is None
    key = county.vault.key(report.data_key, place=f"report:{report.id}:key")
    payload = key.open_json(notice.sealed_payload, place=f"outbox:{notice.id}:payload")
    assert payload["number"] == report.number and payload["status"] == "已受理"
    message = await Message.get(report_id=report.id, speaker=Speaker.SYSTEM)
    text = key.open_text(message.sealed_text, place=f"message:{message.id}:text")
    assert "东河镇纪委" in text
    event = await Event.get(report_id=report.id, action="report.accept")
    assert event.actor == by.actor


async def test_a_second_accept_is_refused_and_changes_nothing(county, file):
    report = await file()
    by = await viewer(county, "t-east-a")
    await accept(report.number, kind="clue", by=by, house=county)
    with pytest.raises(TransitionNotAllowed) as refused:
        await accept(report.number, kind="appeal", by=await viewer(county, "t-east-l"), house=county)
    assert "已受理" in refused.value.message
    assert (await Report.get(id=report.id)).kind is Kind.CLUE
    assert await OutboxNotice.filter(notice="report_progress").count() == 1
    assert await Event.filter(action="report.accept").count() == 1


@pytest.mark.parametrize("kind", ["", "CLUE", "gossip"])
async def test_an_unknown_kind_is_a_wrong_field(county, file, kind):
    report = await file()
    with pytest.raises(FieldWrong) as wrong:
        await accept(report.number, kind=kind, by=await viewer(county, "t-east-a"), house=county)
    assert wrong.value.field == "kind"


async def test_a_reply_is_kept_sealed_and_goes_out_once(county, file):
    report = await file()
    by = await viewer(county, "t-east-a")
    await reply(report.number, text="  路灯下周更换，谢谢您。  ", by=by, house=county)

    message = await Message.get(report_id=report.id, speaker=Speaker.STAFF)
    assert message.staff_id == by.staff_id
    assert "路灯".encode() not in bytes(message.sealed_text)
    key = county.vault.key(report.data_key, place=f"report:{report.id}:key")
    assert key.open_text(message.sealed_text, place=f"message:{message.id}:text") == "路灯下周更换，谢谢您。"
    notice = await OutboxNotice.get(report_id=report.id, notice="report_reply")
    assert notice.message_id == message.id
    event = await Event.get(action="report.reply")
    assert (event.actor, event.object_id) == (by.actor, message.id)
    assert "路灯" not in str(event.data)


@pytest.mark.parametrize("text", ["", " \n ", "字" * 501])
async def test_an_empty_or_endless_reply_is_a_wrong_field(county, file, text):
    report = await file()
    with pytest.raises(FieldWrong) as wrong:
        await reply(report.number, text=text, by=await viewer(county, "t-east-a"), house=county)
    assert wrong.value.field == "text"
    assert not await OutboxNotice.filter(notice="report_reply").exists()


async def test_a_reply_of_the_longest_length_goes(county, file):
    report = await file()
    await reply(report.number, text="字" * 500, by=await viewer(county, "t-east-a"), house=county)
    assert await OutboxNotice.filter(notice="report_reply").count() == 1


@pytest.mark.parametrize("username", ["t-west-l", "office-1-l", "cases-l", "head-l", "city-a"])
async def test_for_other_bodies_the_report_does_not_exist(county, file, username):
    report = await file()
    by = await viewer(county, username)
    with pytest.raises(ReportNotFound):
        await accept(report.number, kind="clue", by=by, house=county)
    with pytest.raises(ReportNotFound):
        await reply(report.number, text="您好", by=by, house=county)
    assert not await Message.filter(speaker=Speaker.STAFF).exists()


async def test_many_who_accept_at_once_accept_once(county, file):
    report = await file()
    people = [await viewer(county, f"t-east-{suffix}") for suffix in "labl"]

    async def connected():
        async with in_transaction():
            await Report.all().count()
            await asyncio.sleep(0.05)

    # a connection for each, so that the tries really meet
    await asyncio.gather(*(connected() for _ in people))
    outcomes = await asyncio.gather(
        *(accept(report.number, kind="clue", by=person, house=county) for person in people),
        return_exceptions=True,
    )
    names = [type(outcome).__name__ for outcome in outcomes]
    assert sorted(names) == ["NoneType", *["TransitionNotAllowed"] * 3]
    assert await OutboxNotice.filter(notice="report_progress").count() == 1
