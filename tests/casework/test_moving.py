"""转办 退回 提级 交叉 交办: one owner, one clock, an event each; the villager hears of it once."""

import asyncio
from datetime import timedelta

import pytest

from access.reports import ReportNotFound, find_report
from bot.showing import progress
from casework.accept import accept
from casework.assign import assign
from casework.assign_down import assign_down
from casework.cross import cross
from casework.errors import FieldWrong, TransitionNotAllowed
from casework.give_back import give_back
from casework.lift import lift
from casework.recuse import recuse
from casework.transfer import transfer
from dossier.bars import bars_of
from dossier.rows import report_key
from miniapp_api.views import shown
from models.choices import BarCause, Speaker, Status
from models.decision import RoutingDecision
from models.event import Event
from models.message import Message
from models.outbox import OutboxNotice
from models.report import Report
from models.report_bar import ReportBar
from models.staff import Staff
from routing.facts import Subject
from tests.casework.conftest import viewer

WHY = "事情发生在教育系统，由派驻组办理更合适"
WRITTEN = "区纪委监委副书记冯远十一月二十日书面授权"


async def sees(house, username, report):
    try:
        await find_report(await viewer(house, username), number=report.number)
    except ReportNotFound:
        return False
    return True


async def owner(report):
    return (await Report.get(id=report.id)).owner_id


async def make_overdue(house, report):
    await Report.filter(id=report.id).update(due_at=house.clock.now() - timedelta(days=9))


async def opened_decision(house, report):
    row = await RoutingDecision.filter(report_id=report.id).order_by("-decided_at").first()
    place = f"routing_decision:{row.id}:reasons"
    return row, report_key(report, house=house).open_json(row.sealed_reasons, place=place)


async def said_by_system(house, report):
    key = report_key(report, house=house)
    rows = await Message.filter(report_id=report.id, speaker=Speaker.SYSTEM).order_by("said_at")
    return [key.open_text(row.sealed_text, place=f"message:{row.id}:text") for row in rows]


async def test_a_transfer_to_a_named_body(county, file):
    report = await file(level="village")
    await accept(report.number, kind="clue", by=await viewer(county, "t-east-a"), house=county)
    await assign(report.number, staff="t-east-a", by=await viewer(county, "t-east-l"), house=county)
    by = await viewer(county, "t-east-l")
    await transfer(report.number, body="STATIONED", reason=WHY, by=by, house=county)

    moved = await Report.get(id=report.id)
    assert (moved.owner_id, moved.status, moved.handler_id, moved.accepted_at) == (
        "STATIONED", Status.RECEIVED, None, None
    )  # fmt: skip
    assert moved.owned_at > report.owned_at and moved.due_at >= report.due_at
    for username in ("t-east-l", "t-east-a", "t-west-l", "office-1-l"):
        assert not await sees(county, username, report)
    assert await sees(county, "stationed-a", report)
    row, kept = await opened_decision(county, report)
    assert (row.cause, row.rule, row.by_id) == ("transfer", "transfer", by.staff_id)
    assert kept["given"] == {"reason": WHY, "to": "STATIONED", "sender": "T-EAST"}
    assert WHY.encode() not in bytes(row.sealed_reasons)
    event = await Event.get(action="report.transfer")
    assert (event.actor, event.data) == (
        by.actor, {"from": "T-EAST", "body": "STATIONED", "rule": "transfer"}
    )  # fmt: skip
    said = await said_by_system(county, report)
    assert len(said) == 2 and "已转至有管辖权的机构" in said[1]
    assert "派驻" not in said[1] and "STATIONED" not in said[1]


async def test_the_new_owner_is_told_once_and_the_reporter_by_a_notice(county, file):
    report = await file()
    await transfer(
        report.number, body="OFFICE-1", reason=WHY, by=await viewer(county, "t-east-l"), house=county
    )
    office = {person.id for person in await Staff.filter(body_id="OFFICE-1")}
    told = await OutboxNotice.filter(report_id=report.id, notice="report_new", staff_id__in=list(office))
    assert sorted(notice.staff_id for notice in told) == sorted(office)
    notice = await OutboxNotice.get(report_id=report.id, notice="report_progress")
    payload = report_key(report, house=county).open_json(
        notice.sealed_payload, place=f"outbox:{notice.id}:payload"
    )
    assert payload["status"] == "已转至有管辖权的机构"


async def test_without_a_named_body_routing_decides_and_nobody_gets_it_back_by_itself(county, file):
    report = await file()
    path = []
    for username in ("t-east-l", "office-1-l", "letters-l"):
        by = await viewer(county, username)
        await transfer(report.number, reason=WHY, by=by, house=county)
        path.append(await owner(report))
    assert path == ["OFFICE-1", "LETTERS", "CITY"]
    with pytest.raises(TransitionNotAllowed):
        await transfer(report.number, reason=WHY, by=await viewer(county, "city-l"), house=county)
    assert await owner(report) == "CITY"
    # passing it on bars nobody
    assert not await ReportBar.filter(report_id=report.id).exists()
    # three moves and nobody accepted: the villager heard once
    assert len(await said_by_system(county, report)) == 1


async def test_the_villager_hears_again_after_somebody_accepted(county, file):
    report = await file()
    await transfer(report.number, reason=WHY, by=await viewer(county, "t-east-l"), house=county)
    await accept(report.number, kind="clue", by=await viewer(county, "office-1-l"), house=county)
    await transfer(report.number, reason=WHY, by=await viewer(county, "office-1-l"), house=county)
    said = await said_by_system(county, report)
    assert len(said) == 3 and said[0] == said[2] and "第一纪检监察室" in said[1]


@pytest.mark.parametrize("trigger", ["masses", "span", "recusal"])
async def test_a_trigger_sends_it_to_the_zone_s_office(county, file, trigger):
    report = await file(level="village")
    by = await viewer(county, "t-east-l")
    await transfer(report.number, trigger=trigger, reason=WHY, by=by, house=county)
    assert await owner(report) == "OFFICE-1"
    row, kept = await opened_decision(county, report)
    assert row.rule == "zone_trigger" and kept["given"]["trigger"] == trigger
    assert "片区办理" in "".join(kept["reasons"])
    barred = {bar.who: bar.cause for bar in await bars_of(report, key=report_key(report, house=county))}
    assert barred == ({"body:T-EAST": BarCause.DECIDED} if trigger == "recusal" else {})


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"reason": "长" * 201}, "reason"),
        ({"reason": WHY, "trigger": "assigned"}, "trigger"),
        ({"reason": WHY, "trigger": "nonsense"}, "trigger"),
        ({"reason": WHY, "trigger": "masses", "body": "OFFICE-1"}, "body"),
        ({"reason": WHY, "body": "NOWHERE"}, "body"),
        ({"reason": WHY, "body": "T-EAST"}, "body"),
        ({"reason": WHY, "body": "T-WEST"}, "body"),
        ({"reason": WHY, "body": "CASES"}, "body"),
    ],
)
async def test_a_wrong_field_moves_nothing(county, file, fields, field):
    report = await file()
    with pytest.raises(FieldWrong) as wrong:
        await transfer(report.number, by=await viewer(county, "t-east-l"), house=county, **fields)
    assert wrong.value.field == field and wrong.value.message
    assert await owner(report) == "T-EAST"
    assert not await Event.filter(action="report.transfer").exists()


async def test_a_matter_for_a_higher_body_is_not_spread_below(county, file):
    report = await file(level="township", text="镇里的干部吃拿卡要")
    by = await viewer(county, "office-1-l")
    with pytest.raises(FieldWrong) as wrong:
        await transfer(report.number, body="T-EAST", reason=WHY, by=by, house=county)
    assert "管理权限" in wrong.value.message
    with pytest.raises(TransitionNotAllowed):
        await transfer(report.number, trigger="masses", reason=WHY, by=by, house=county)
    assert await owner(report) == "OFFICE-1"


async def test_only_leaders_transfer_and_return(county, file):
    report = await file()
    by = await viewer(county, "t-east-a")
    with pytest.raises(TransitionNotAllowed):
        await transfer(report.number, reason=WHY, by=by, house=county)
    with pytest.raises(TransitionNotAllowed):
        await give_back(report.number, reason=WHY, by=by, house=county)
    with pytest.raises(ReportNotFound):
        await transfer(report.number, reason=WHY, by=await viewer(county, "t-west-l"), house=county)


async def test_it_is_returned_twice_at_most_then_the_letters_room_decides(county, file):
    report = await file()
    east, office = await viewer(county, "t-east-l"), await viewer(county, "office-1-l")
    for count in (1, 2):
        await transfer(report.number, body="OFFICE-1", reason=WHY, by=east, house=county)
        await give_back(report.number, reason="不属于片区办理", by=office, house=county)
        returned = await Report.get(id=report.id)
        assert (returned.owner_id, returned.return_count, returned.status) == ("T-EAST", count, "received")
        assert not await sees(county, "office-1-l", report)
    await transfer(report.number, body="OFFICE-1", reason=WHY, by=east, house=county)
    await give_back(report.number, reason="不属于片区办理", by=office, house=county)
    assert await owner(report) == "LETTERS"
    row, _ = await opened_decision(county, report)
    assert (row.cause, row.rule) == ("return", "triage")
    letters = await viewer(county, "letters-l")
    with pytest.raises(TransitionNotAllowed):
        await give_back(report.number, reason="再退", by=letters, house=county)
    await transfer(report.number, body="T-EAST", reason="由东河镇办理", by=letters, house=county)
    assert await owner(report) == "T-EAST"
    assert len(await said_by_system(county, report)) == 1
    assert await Event.filter(report_id=report.id, action="report.return").count() == 3


async def test_what_nobody_sent_is_returned_to_the_letters_room(county, file):
    report = await file()
    await give_back(report.number, reason="不在本镇", by=await viewer(county, "t-east-l"), house=county)
    assert await owner(report) == "LETTERS"


async def test_it_does_not_go_back_to_a_sender_who_must_not_have_it(county, file):
    report = await file()
    east = await viewer(county, "t-east-l")
    await transfer(report.number, trigger="recusal", reason="镇纪委书记与当事人同村", by=east, house=county)
    await give_back(report.number, reason="请乡镇办", by=await viewer(county, "office-1-l"), house=county)
    assert await owner(report) == "LETTERS"
    assert not await sees(county, "t-east-a", report)


async def test_going_back_and_forth_buys_nobody_time(county, file):
    report = await file()
    east, office = await viewer(county, "t-east-l"), await viewer(county, "office-1-l")
    first_due = report.due_at
    # it lay with the township for three working days and more
    lay = county.clock.now() - timedelta(days=7)
    await RoutingDecision.filter(report_id=report.id).update(decided_at=lay)
    await transfer(report.number, body="OFFICE-1", reason=WHY, by=east, house=county)
    full = (await Report.get(id=report.id)).due_at
    assert full == first_due
    await give_back(report.number, reason="请乡镇办", by=office, house=county)
    assert (await Report.get(id=report.id)).due_at < full


@pytest.mark.parametrize("username", ["office-1-l", "office-1-a", "head-l", "cases-l"])
async def test_a_body_above_lifts_what_it_knows_as_a_ledger_row(county, file, username):
    report = await file()
    await make_overdue(county, report)
    assert not await sees(county, username, report)
    by = await viewer(county, username)
    await lift(report.number, reason=WRITTEN, by=by, house=county)
    taker = "OFFICE-1" if username.startswith("office") else "HEAD"
    assert await owner(report) == taker
    assert not await sees(county, "t-east-l", report)
    row, kept = await opened_decision(county, report)
    assert (row.cause, row.rule, row.by_id) == ("lift", "lift", by.staff_id)
    assert kept["given"]["authorisation"] == WRITTEN
    event = await Event.get(action="report.lift")
    assert event.data["from"] == "T-EAST" and WRITTEN not in str(event.data)


async def test_what_is_in_nobody_s_ledger_cannot_be_reached_for(county, file):
    report = await file()  # not overdue: the zone's office has no row of it
    for username in ("office-1-l", "letters-l", "t-west-l", "city-l", "stationed-l"):
        by = await viewer(county, username)
        for call in (
            lift(report.number, reason=WRITTEN, by=by, house=county),
            cross(report.number, body="T-WEST", authorisation=WRITTEN, by=by, house=county),
            assign_down(report.number, body="T-WEST", authorisation=WRITTEN, by=by, house=county),
        ):
            with pytest.raises(ReportNotFound):
                await call
    assert await owner(report) == "T-EAST"


async def test_who_is_recused_cannot_lift_what_the_colleagues_can(county, file):
    report = await file(level="village", subject=Subject(name="孙a", post="", unit=""))
    await make_overdue(county, report)
    with pytest.raises(ReportNotFound):
        await lift(report.number, reason=WRITTEN, by=await viewer(county, "office-1-a"), house=county)
    await lift(report.number, reason=WRITTEN, by=await viewer(county, "office-1-l"), house=county)


async def test_a_body_lifts_its_own_to_the_next_above_and_the_township_never(county, file):
    report = await file()
    with pytest.raises(TransitionNotAllowed):
        await lift(report.number, reason=WRITTEN, by=await viewer(county, "t-east-l"), house=county)
    await transfer(
        report.number, body="OFFICE-1", reason=WHY, by=await viewer(county, "t-east-l"), house=county
    )
    await lift(report.number, reason=WRITTEN, by=await viewer(county, "office-1-l"), house=county)
    assert await owner(report) == "HEAD"
    await lift(report.number, reason=WRITTEN, by=await viewer(county, "head-l"), house=county)
    assert await owner(report) == "CITY"


@pytest.mark.parametrize("is_known_by_row", [True, False])
async def test_cross_handling_by_another_township_of_the_zone(county, file, is_known_by_row):
    report = await file(level="village")
    await make_overdue(county, report)
    by = await viewer(county, "office-1-l")
    if not is_known_by_row:
        await lift(report.number, reason=WRITTEN, by=by, house=county)
    await cross(report.number, body="T-WEST", authorisation=WRITTEN, by=by, house=county)
    assert await owner(report) == "T-WEST"
    assert await sees(county, "t-west-a", report)
    assert not await sees(county, "t-east-l", report) and not await sees(county, "office-1-l", report)
    row, kept = await opened_decision(county, report)
    assert (row.rule, kept["given"]["authorisation"], kept["given"]["sender"]) == (
        "cross",
        WRITTEN,
        "OFFICE-1",
    )
    # returned, it goes to whoever had it crossed
    await give_back(report.number, reason="人手不够", by=await viewer(county, "t-west-l"), house=county)
    assert await owner(report) == "OFFICE-1"


@pytest.mark.parametrize("body", ["", "T-EAST", "STATIONED", "HEAD", "NOWHERE"])
async def test_cross_needs_a_neighbour_and_an_authorisation(county, file, body):
    report = await file(level="village")
    await make_overdue(county, report)
    by = await viewer(county, "office-1-l")
    with pytest.raises(FieldWrong) as wrong:
        await cross(report.number, body=body, authorisation=WRITTEN, by=by, house=county)
    assert wrong.value.field == "body"
    with pytest.raises(FieldWrong) as wrong:
        await cross(report.number, body="T-WEST", authorisation=" ", by=by, house=county)
    assert wrong.value.field == "authorisation"
    assert await owner(report) == "T-EAST"


async def test_a_refusal_over_a_ledger_row_tells_nothing_of_the_matter(county, file):
    """A neighbour in conflict, one without authority: the same words, since the actor has read nothing."""
    conflicted = await file(level="village", text="西坪乡的钱l收了红包")
    plain = await file(level="village")
    for report in (conflicted, plain):
        await make_overdue(county, report)
    by = await viewer(county, "head-l")
    messages = []
    for report, body in ((conflicted, "T-WEST"), (plain, "LETTERS"), (plain, "CITY")):
        with pytest.raises(FieldWrong) as wrong:
            await cross(report.number, body=body, authorisation=WRITTEN, by=by, house=county)
        messages.append(wrong.value.message)
    assert len(set(messages)) == 1 and "管理权限" not in messages[0]


async def test_the_county_assigns_it_to_the_zone_s_office(county, file):
    report = await file(level="village")
    await assign_down(
        report.number,
        body="OFFICE-1",
        authorisation=WRITTEN,
        by=await viewer(county, "cases-l"),
        house=county,
    )
    assert await owner(report) == "OFFICE-1"
    _, kept = await opened_decision(county, report)
    assert kept["given"]["trigger"] == "assigned" and kept["given"]["authorisation"] == WRITTEN
    # and the office passes a minor matter down to the township of the place
    office = await viewer(county, "office-1-l")
    await assign_down(report.number, body="T-EAST", authorisation=WRITTEN, by=office, house=county)
    assert await owner(report) == "T-EAST"


async def test_what_goes_down_goes_down_and_not_below_authority(county, file):
    report = await file(level="township", text="镇里的干部吃拿卡要")
    office = await viewer(county, "office-1-l")
    for body in ("T-EAST", "LETTERS", "STATIONED", "CITY"):
        with pytest.raises(FieldWrong):
            await assign_down(report.number, body=body, authorisation=WRITTEN, by=office, house=county)
    assert await owner(report) == "OFFICE-1"


async def test_two_leaders_at_once_move_it_once(county, file):
    report = await file()
    await make_overdue(county, report)
    east, office = await viewer(county, "t-east-l"), await viewer(county, "office-1-l")
    outcomes = await asyncio.gather(
        transfer(report.number, body="STATIONED", reason=WHY, by=east, house=county),
        transfer(report.number, body="LETTERS", reason=WHY, by=east, house=county),
        lift(report.number, reason=WRITTEN, by=office, house=county),
        cross(report.number, body="T-WEST", authorisation=WRITTEN, by=office, house=county),
        return_exceptions=True,
    )
    names = [type(outcome).__name__ for outcome in outcomes]
    assert sorted(names) == ["NoneType", *["ReportNotFound"] * 3], outcomes
    assert await RoutingDecision.filter(report_id=report.id).count() == 2
    assert await OutboxNotice.filter(report_id=report.id, notice="report_progress").count() == 1


async def test_an_action_against_a_report_that_moved_meanwhile_does_nothing(county, file):
    report = await file()
    by = await viewer(county, "t-east-l")
    await transfer(report.number, body="OFFICE-1", reason=WHY, by=by, house=county)
    events = await Event.all().count()
    for call in (
        accept(report.number, kind="clue", by=by, house=county),
        assign(report.number, staff="t-east-a", by=by, house=county),
        recuse(report.number, reason="亲属", by=by, house=county),
        give_back(report.number, reason=WHY, by=by, house=county),
    ):
        with pytest.raises(ReportNotFound):
            await call
    assert await Event.all().count() == events


async def test_somebody_named_by_the_words_is_barred_at_the_new_owner(county, file):
    report = await file(level="village", subject=Subject(name="孙l", post="", unit=""))
    assert not await sees(county, "office-1-l", report)
    with pytest.raises(FieldWrong):
        # the office's only leader is named: it cannot act
        await transfer(
            report.number, body="OFFICE-1", reason=WHY, by=await viewer(county, "t-east-l"), house=county
        )


async def test_what_came_without_words_is_dispatched_after_somebody_has_heard_it(county, file):
    report = await file(level="unknown", has_words=False)
    assert await owner(report) == "LETTERS"
    await transfer(
        report.number, reason="听过录音，是村里的事", by=await viewer(county, "letters-l"), house=county
    )
    assert await owner(report) == "T-EAST"


async def test_the_villager_reads_where_it_stands(county, file):
    report = await file()
    await transfer(
        report.number, body="OFFICE-1", reason=WHY, by=await viewer(county, "t-east-l"), house=county
    )
    moved = await Report.get(id=report.id)
    assert "已转至有管辖权的机构" in await progress(moved, house=county)
    assert "已转至有管辖权的机构" in shown(moved, house=county)["status_text"]
    await accept(report.number, kind="clue", by=await viewer(county, "office-1-l"), house=county)
    moved = await Report.get(id=report.id)
    assert "已受理" in await progress(moved, house=county)
    assert "已转至" not in shown(moved, house=county)["status_text"]
