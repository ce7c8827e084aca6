"""回避: taken away at once, decided again without them, and never given back."""

import asyncio

import pytest

from access.reports import ReportNotFound, find_report, list_reports
from casework.accept import accept
from casework.assign_down import assign_down
from casework.errors import FieldWrong, TransitionNotAllowed
from casework.keeping_away import may_be_out
from casework.recuse import recuse
from casework.reply import reply
from dossier.bars import bars_of
from dossier.facts import facts_of
from dossier.rows import report_key
from models.choices import BarCause, Role, Status
from models.decision import RoutingDecision
from models.event import Event
from models.outbox import OutboxNotice
from models.report import Report
from models.report_bar import ReportBar
from models.staff import Staff
from organisation.live import raise_version
from routing.facts import Subject
from tests.casework.conftest import viewer
from tests.factories import NOW


async def is_seen(house, username, report):
    by = await viewer(house, username)
    page = await list_reports(by, vault=house.vault, at=house.clock.now())
    try:
        await find_report(by, number=report.number)
    except ReportNotFound:
        assert report.number not in [row.number for row in page.rows]
        return False
    assert report.number in [row.number for row in page.rows]
    return True


async def test_one_of_two_handlers_steps_back_and_the_body_keeps_it(county, file):
    report = await file()
    by = await viewer(county, "t-east-a")
    await recuse(report.number, reason="当事人是我表哥", by=by, house=county)

    assert not await is_seen(county, "t-east-a", report)
    assert await is_seen(county, "t-east-b", report)
    assert await is_seen(county, "t-east-l", report)
    (bar,) = await bars_of(report, key=report_key(report, house=county))
    assert (bar.who, bar.cause) == (by.actor, BarCause.DECLARED)
    row = await ReportBar.get(report_id=report.id)
    assert "表哥".encode() not in bytes(row.sealed_why)
    decision = await RoutingDecision.get(report_id=report.id, cause="recusal")
    assert (decision.body_id, decision.rule, decision.by_id) == ("T-EAST", "kept", by.staff_id)
    kept = await Report.get(id=report.id)
    assert (kept.status, kept.owned_at, kept.due_at) == (Status.RECEIVED, report.owned_at, report.due_at)
    # those who already know are not told again
    assert (
        await OutboxNotice.filter(report_id=report.id, notice="report_new", staff_id__isnull=False).count()
        == 3
    )


async def test_the_only_leader_steps_back_and_the_office_takes_over(county, file):
    report = await file()
    await accept(report.number, kind="clue", by=await viewer(county, "t-east-a"), house=county)
    by = await viewer(county, "t-east-l")
    await recuse(report.number, reason="我与当事人有利害关系", by=by, house=county)

    for username in ("t-east-l", "t-east-a", "t-east-b", "t-west-l"):
        assert not await is_seen(county, username, report)
    for username in ("office-1-l", "office-1-a", "office-1-b"):
        assert await is_seen(county, username, report)
    moved = await Report.get(id=report.id)
    assert (moved.owner_id, moved.status, moved.accepted_at) == ("OFFICE-1", Status.RECEIVED, None)
    assert moved.owned_at > report.owned_at and moved.due_at >= report.due_at
    told = await OutboxNotice.filter(report_id=report.id, notice="report_new", created_at__gte=moved.owned_at)
    office = await Staff.filter(body_id="OFFICE-1", role__in=[Role.HANDLER, Role.LEADER])
    assert {notice.staff_id for notice in told} >= {person.id for person in office}
    event = await Event.get(action="report.recuse")
    assert event.data == {"from": "T-EAST", "body": "OFFICE-1", "rule": "village"}
    assert "利害" not in str(event.data)


async def test_it_climbs_and_never_comes_back(county, file):
    report = await file()
    for username, owner in (
        ("t-east-l", "OFFICE-1"),
        ("office-1-l", "LETTERS"),
        ("letters-l", "CITY"),
    ):
        await recuse(report.number, reason="需要回避", by=await viewer(county, username), house=county)
        assert (await Report.get(id=report.id)).owner_id == owner
        assert not await is_seen(county, username, report)
    assert await RoutingDecision.filter(report_id=report.id).count() == 4


async def test_when_nobody_above_is_free_it_stays_without_those_recused(county, file):
    report = await file()
    for username in ("t-east-l", "office-1-l", "letters-l", "city-l"):
        await recuse(report.number, reason="需要回避", by=await viewer(county, username), house=county)
    assert (await Report.get(id=report.id)).owner_id == "CITY"
    assert not await is_seen(county, "city-l", report)
    assert await is_seen(county, "city-a", report)


async def test_a_leader_recuses_a_colleague(county, file):
    report = await file()
    by = await viewer(county, "t-east-l")
    await recuse(report.number, reason="同村近亲属", by=by, house=county, who="t-east-b")
    assert not await is_seen(county, "t-east-b", report)
    assert await is_seen(county, "t-east-l", report)
    (bar,) = await bars_of(report, key=report_key(report, house=county))
    assert bar.who == f"staff:{(await Staff.get(username='t-east-b')).id}"
    assert bar.cause is BarCause.DECIDED


async def test_a_handler_cannot_take_a_colleague_out(county, file):
    report = await file()
    with pytest.raises(TransitionNotAllowed):
        await recuse(
            report.number,
            reason="他不合适",
            by=await viewer(county, "t-east-a"),
            house=county,
            who="t-east-b",
        )
    assert await is_seen(county, "t-east-b", report)
    assert not await ReportBar.filter(report_id=report.id).exists()


@pytest.mark.parametrize("who", ["t-west-a", "nobody", "staff:1"])
async def test_a_leader_cannot_reach_beyond_the_body(county, file, who):
    report = await file()
    with pytest.raises(FieldWrong) as wrong:
        await recuse(report.number, reason="同村", by=await viewer(county, "t-east-l"), house=county, who=who)
    assert wrong.value.field == "who"


@pytest.mark.parametrize("reason", ["", "  ", "长" * 201])
async def test_a_recusal_needs_a_reason(county, file, reason):
    report = await file()
    with pytest.raises(FieldWrong) as wrong:
        await recuse(report.number, reason=reason, by=await viewer(county, "t-east-a"), house=county)
    assert wrong.value.field == "reason"
    assert await is_seen(county, "t-east-a", report)


async def test_the_recused_cannot_act_any_more(county, file):
    report = await file()
    by = await viewer(county, "t-east-a")
    await recuse(report.number, reason="亲属", by=by, house=county)
    with pytest.raises(ReportNotFound):
        await reply(report.number, text="您好", by=by, house=county)
    with pytest.raises(ReportNotFound):
        await recuse(report.number, reason="亲属", by=by, house=county)


async def test_two_recusals_at_once_leave_both_out(county, file):
    report = await file()
    one, other = [await viewer(county, name) for name in ("t-east-a", "t-east-b")]
    outcomes = await asyncio.gather(
        recuse(report.number, reason="亲属", by=one, house=county),
        recuse(report.number, reason="同学", by=other, house=county),
        return_exceptions=True,
    )
    assert outcomes == [None, None]
    assert not await is_seen(county, "t-east-a", report)
    assert not await is_seen(county, "t-east-b", report)
    # no handler is left: the office has it
    assert (await Report.get(id=report.id)).owner_id == "OFFICE-1"


async def test_a_colleague_who_joined_and_is_named_is_barred_on_the_way(county, file):
    """The matching runs again over all the reporter said, on the organisation of now."""
    report = await file(level="village", text="村里的孙望舒把低保给了亲戚")
    await Staff.filter(username="office-1-b").update(name="孙望舒")
    await raise_version(at=NOW)
    await recuse(report.number, reason="亲属", by=await viewer(county, "t-east-l"), house=county)
    assert (await Report.get(id=report.id)).owner_id == "OFFICE-1"
    assert not await is_seen(county, "office-1-b", report)
    assert await is_seen(county, "office-1-a", report)


async def test_facts_are_rebuilt_as_they_were_filed(county, file):
    subject = Subject(name="尤大勇", post="村委会主任", unit="柳树村")
    report = await file(level="village", subject=subject, avoid=frozenset({"township", "liaison"}))
    key = county.vault.key(report.data_key, place=f"report:{report.id}:key")
    facts = await facts_of(report, key=key)
    assert (facts.region_code, facts.area_code, facts.purpose) == (
        report.region_id, report.area_id, "report"
    )  # fmt: skip
    assert (facts.level, facts.subject, facts.text) == ("village", subject, "村口的路灯坏了半年没人修")
    assert facts.avoid == {"township", "liaison"} and facts.has_words
    assert "T-EAST" in facts.ruled_out_bodies


async def test_a_dismissed_match_stays_dismissed(county, file):
    await Staff.filter(username="t-east-b").update(name="尤大勇")
    await raise_version(at=NOW)
    await county.organisation.refresh()
    report = await file(level="village", text="柳树村尤大勇占了集体的地")
    (bar,) = await bars_of(report, key=report_key(report, house=county))
    assert bar.cause is BarCause.MATCH
    await ReportBar.filter(report_id=report.id).update(lifted_at=NOW)
    assert await is_seen(county, "t-east-b", report)
    await recuse(report.number, reason="亲属", by=await viewer(county, "t-east-a"), house=county)
    assert await is_seen(county, "t-east-b", report)
    assert (await Report.get(id=report.id)).owner_id == "T-EAST"


async def test_a_leader_declares_the_whole_body_out(county, file):
    report = await file()
    by = await viewer(county, "t-east-l")
    reason = "镇里几位同志都与当事人沾亲"
    await recuse(report.number, reason=reason, by=by, house=county, who="body:T-EAST")
    assert (await Report.get(id=report.id)).owner_id == "OFFICE-1"
    for username in ("t-east-l", "t-east-a", "t-east-b"):
        assert not await is_seen(county, username, report)
    (bar,) = await bars_of(report, key=report_key(report, house=county))
    assert (bar.who, bar.cause) == ("body:T-EAST", BarCause.DECIDED)
    event = await Event.get(action="report.recuse")
    assert event.object_id == "body:T-EAST" and reason not in str(event.data)


async def test_the_township_is_found_in_conflict_late_and_never_gets_it(county, file):
    report = await file(level="township", text="镇里的干部吃拿卡要")
    office = await viewer(county, "office-1-l")
    choices = dict(
        await may_be_out(
            report, bars=await bars_of(report, key=report_key(report, house=county)), by=office, house=county
        )
    )
    assert {"body:OFFICE-1", "body:T-EAST"} <= choices.keys()
    await recuse(report.number, reason="镇纪委也牵涉其中", by=office, house=county, who="body:T-EAST")
    assert (await Report.get(id=report.id)).owner_id == "OFFICE-1"
    assert await is_seen(county, "office-1-l", report)
    with pytest.raises(FieldWrong):
        await assign_down(report.number, body="T-EAST", authorisation="授权", by=office, house=county)
    choices = dict(
        await may_be_out(
            report, bars=await bars_of(report, key=report_key(report, house=county)), by=office, house=county
        )
    )
    assert "body:T-EAST" not in choices


@pytest.mark.parametrize("who", ["body:T-WEST", "body:HEAD", "body:", "body:NOWHERE"])
async def test_no_other_body_can_be_declared_out(county, file, who):
    report = await file()
    with pytest.raises(FieldWrong):
        await recuse(report.number, reason="同村", by=await viewer(county, "t-east-l"), house=county, who=who)
    assert not await ReportBar.filter(report_id=report.id).exists()


async def test_a_handler_declares_no_body_out(county, file):
    report = await file()
    with pytest.raises(TransitionNotAllowed):
        by = await viewer(county, "t-east-a")
        await recuse(report.number, reason="同村", by=by, house=county, who="body:T-EAST")
    assert await is_seen(county, "t-east-b", report)


async def test_the_last_body_that_could_have_it_cannot_leave_as_a_whole(county, file):
    report = await file(level="county", text="县领导插手工程", subject=Subject(name="霍某", post="副县长"))
    by = await viewer(county, "city-l")
    with pytest.raises(TransitionNotAllowed):
        await recuse(report.number, reason="都认识", by=by, house=county, who="body:CITY")
    assert await is_seen(county, "city-l", report)
    assert not await ReportBar.filter(report_id=report.id).exists()
