"""What comes in a flood is received and kept, stands aside for those who would see it, and comes back."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from access.quarantine import list_aside
from access.reports import ReportNotFound, count_aside, count_by_status, find_report, list_reports
from access.viewer import Viewer
from casework.accept import accept
from casework.decline import decline
from casework.decline_together import decline_together
from casework.errors import FieldWrong, TransitionNotAllowed
from casework.recuse import recuse
from casework.restore import restore, restore_due
from casework.timed import do_due
from casework.transfer import transfer
from delivery.outbox import claim
from intake.draft import Draft
from intake.floods import is_flooding
from intake.submit import submit
from models.choices import Channel
from models.event import Event
from models.outbox import OutboxNotice
from models.report import Report
from models.staff import Staff
from organisation.floods import FLOODS, FloodsWrong, read_floods
from organisation.house import House
from routing.facts import Subject
from tests.casework.conftest import clock_moves, county, viewer
from tests.factories import WEST_VILLAGE, bind_liaison, make_entry

__all__ = ["clock_moves", "county"]

CODE = {"web": {"source": [0, 60], "code": [3, 60], "place": [0, 60], "body": [0, 60], "all": [0, 60]}}
Burst = Callable[..., Awaitable[list[Report]]]


@pytest.fixture
def calm(county: House) -> House:
    """Three reports an hour through one code, by the web page, are all that has its place in an inbox."""
    return replace(county, floods=read_floods(CODE))


@pytest.fixture
async def burst(calm: House) -> Burst:
    entry = await make_entry()

    async def filed(count: int, *, house: House = calm, **changes: object) -> list[Report]:
        values: dict[str, object] = {
            "entry": entry,
            "level": "village",
            "text": "假的",
            "channel": Channel.WEB,
        }
        made = []
        for number in range(count):
            person = house.vault.index("session", f"{len(made)} {number} {changes}")
            filed = await submit(Draft(**(values | {"person_index": person} | changes)), house=house)  # type: ignore[arg-type]
            assert filed.receipt and filed.status == "received"
            made.append(await Report.get(id=filed.report_id))
        return made

    return filed


def aside(reports: list[Report]) -> list[bool]:
    return [report.quarantined_until is not None for report in reports]


async def inbox(by: Viewer, *, house: House) -> set[str]:
    page = await list_reports(by, vault=house.vault, at=house.clock.now())
    return {row.number for row in page.rows}


async def told(*, house: House) -> list[tuple[str, int | None]]:
    """What would leave now, until nothing more would."""
    gone: list[tuple[str, int | None]] = []
    while taken := await claim(by="w", limit=50, at=house.clock.now()):
        gone += [(one.report_id, one.staff_id) for one in taken]
        await OutboxNotice.filter(id__in=[one.id for one in taken]).update(status="sent")
    return gone


async def test_beyond_the_figure_it_stands_aside_without_an_alert_each(calm: House, burst: Burst) -> None:
    reports = await burst(8)
    assert aside(reports) == [False] * 3 + [True] * 5
    by = await viewer(calm, "t-east-a")
    assert await inbox(by, house=calm) == {report.number for report in reports[:3]}
    assert await count_by_status(by) == {"received": 3} and await count_aside(by) == 5
    assert [one.row.number for one in await list_aside(by)] == [report.number for report in reports[3:]]
    # each can be opened and found by its number
    assert (await find_report(by, number=reports[5].number)).id == reports[5].id
    found = await list_reports(by, vault=calm.vault, at=calm.clock.now(), q=reports[5].number)
    assert [row.number for row in found.rows] == [reports[5].number]
    gone = await told(house=calm)
    # three of the body's people: each of the first three, and once of what stands aside
    assert sorted(report for report, _ in gone) == sorted(
        [r.id for r in reports[:3] for _ in "lab"] + [reports[3].id] * 3
    )
    assert await Event.filter(action="report.quarantine", actor="system").count() == 5


async def test_all_come_back_with_their_alerts_and_the_clock_they_had(calm: House, burst: Burst) -> None:
    reports = await burst(6)
    await told(house=calm)
    by = await viewer(calm, "t-east-a")
    assert await restore(by=by, house=calm) == 3
    assert await count_aside(by) == 0 and len(await inbox(by, house=calm)) == 6
    people = await Staff.filter(body_id="T-EAST")
    assert sorted(await told(house=calm)) == sorted((r.id, staff.id) for r in reports[3:] for staff in people)
    for report in reports[3:]:
        after = await Report.get(id=report.id)
        assert (after.due_at, after.status, after.submitted_at) == (
            report.due_at,
            "received",
            report.submitted_at,
        )
        assert await Event.filter(report_id=report.id, action="report.restore", actor=by.actor).count() == 1
    assert await restore(by=by, house=calm) == 0


async def test_some_come_back_and_the_others_stay(calm: House, burst: Burst) -> None:
    reports = await burst(7)
    by = await viewer(calm, "t-east-l")
    assert await restore([reports[4].number, reports[0].number, "NONE"], by=by, house=calm) == 1
    assert [one.row.number for one in await list_aside(by)] == [reports[n].number for n in (3, 5, 6)]


async def test_what_nobody_brings_back_comes_back_after_a_working_day(
    calm: House, burst: Burst, clock_moves: Callable[..., None]
) -> None:
    reports = await burst(5)
    await told(house=calm)
    by = await viewer(calm, "t-east-a")
    left = (reports[4].quarantined_until or calm.clock.now()) - calm.clock.now()
    clock_moves(seconds=left.total_seconds() - 60)
    assert await restore_due(house=calm) == 0 and await count_aside(by) == 2
    clock_moves(seconds=120)
    await do_due(house=calm)
    assert await count_aside(by) == 0 and len(await inbox(by, house=calm)) == 5
    assert len(await told(house=calm)) == 2 * 3
    assert await Event.filter(action="report.restore", actor="system").count() == 2
    assert (await Report.get(id=reports[4].id)).due_at > calm.clock.now()


async def test_its_alerts_go_even_where_no_worker_brings_it_back(
    calm: House, burst: Burst, clock_moves: Callable[..., None]
) -> None:
    reports = await burst(4)
    await told(house=calm)
    until = (reports[3].quarantined_until or calm.clock.now()) - calm.clock.now()
    clock_moves(seconds=until.total_seconds() + 3700)
    assert {report for report, _ in await told(house=calm)} == {reports[3].id}


async def test_who_is_kept_away_finds_nothing_of_it_aside_either(calm: House, burst: Burst) -> None:
    name = (await Staff.get(username="t-east-b")).name
    reports = await burst(6, subject=Subject(name=name, post="", unit=""), text=f"{name}收钱")
    owner = reports[4].owner_id.lower()
    barred = await viewer(calm, "t-east-b")
    assert await count_aside(barred) == 0 and not await list_aside(barred)
    assert await restore(by=barred, house=calm) == 0
    assert await restore([reports[4].number], by=barred, house=calm) == 0
    assert await count_aside(await viewer(calm, f"{owner}-a")) == 3
    # nor anybody of another body
    assert await count_aside(await viewer(calm, "t-west-l")) == 0


async def test_false_ones_are_declined_together_and_livelihood_stays(calm: House, burst: Burst) -> None:
    reports = await burst(5)
    road = await burst(1, kind="livelihood", text="路断了，孩子上不了学")
    numbers = [report.number for report in [*reports[3:], *road]]
    handler, leader = await viewer(calm, "t-east-a"), await viewer(calm, "t-east-l")
    given = {"ground": "no-substance", "text": "有具体情况请再反映。"}
    with pytest.raises(TransitionNotAllowed):
        await decline_together(numbers, **given, by=handler, house=calm)
    with pytest.raises(FieldWrong):
        await decline_together(numbers, ground="false", text="x", by=leader, house=calm)
    with pytest.raises(FieldWrong):
        await decline_together([], **given, by=leader, house=calm)
    await told(house=calm)
    assert await decline_together(numbers, **given, by=leader, house=calm) == (2, 1)
    assert [one.row.number for one in await list_aside(leader)] == [road[0].number]
    assert await Event.filter(action="report.decline", actor=leader.actor).count() == 2
    # nobody is told any more that they came in, whatever time passes
    waiting = await OutboxNotice.filter(notice="report_new", status="waiting")
    assert {notice.report_id for notice in waiting} == {road[0].id}


async def test_who_works_on_it_or_passes_it_on_brings_it_back(calm: House, burst: Burst) -> None:
    reports = await burst(6)
    leader = await viewer(calm, "t-east-l")
    await accept(reports[3].number, kind="clue", by=leader, house=calm)
    await transfer(reports[4].number, trigger="masses", reason="反映强烈", by=leader, house=calm)
    assert [one.row.number for one in await list_aside(leader)] == [reports[5].number]
    assert reports[3].number in await inbox(leader, house=calm)
    assert not await OutboxNotice.filter(report_id=reports[3].id, reason="quarantined").exists()
    office = await viewer(calm, "office-1-a")
    assert await inbox(office, house=calm) == {reports[4].number} and await count_aside(office) == 0
    new = await OutboxNotice.filter(report_id=reports[4].id, staff_id=office.staff_id)
    assert [(notice.status, notice.reason) for notice in new] == [("waiting", "")]


async def test_a_liaison_hears_only_when_it_comes_back(calm: House, burst: Burst) -> None:
    from models.liaison import Liaison

    chief = await Liaison.get(phone="13900000001")
    await bind_liaison(calm, chief, openid="o-chief")
    await calm.organisation.refresh()
    reports = await burst(4, level="none")
    about = OutboxNotice.filter(report_id=reports[3].id, liaison_id=chief.id)
    assert [notice.reason for notice in await about] == ["quarantined"]
    await restore(by=await viewer(calm, "t-east-a"), house=calm)
    assert [notice.reason for notice in await about] == [""]


async def test_doors_codes_and_hours_are_counted_for_themselves(
    calm: House, burst: Burst, clock_moves: Callable[..., None]
) -> None:
    await burst(5)
    # a script at the web page puts nobody aside who speaks in the chat, scans another code, or hands in a letter
    assert aside(await burst(1, channel=Channel.CHAT, openid="o-villager")) == [False]
    assert aside(await burst(1, entry=await make_entry(WEST_VILLAGE))) == [False]
    assert aside(await burst(1, channel=Channel.LETTER)) == [False]
    assert aside(await burst(1)) == [True]
    clock_moves(minutes=61)
    assert aside(await burst(1, text="一小时以后")) == [False]


@pytest.mark.parametrize("scope", ["place", "body", "all"])
async def test_codes_in_turn_are_no_way_around(calm: House, burst: Burst, scope: str) -> None:
    limits = {
        "source": [0, 60],
        "code": [0, 60],
        "place": [0, 60],
        "body": [0, 60],
        "all": [0, 60],
        scope: [2, 60],
    }
    house = replace(calm, floods=read_floods({"web": limits}))
    found = [*await burst(1, house=house)]
    for area in ("education", "forestry"):
        found += await burst(1, house=house, entry=await make_entry(area=area))
    assert aside(found) == [False, False, True]


async def test_many_from_one_source_stand_aside_and_are_named_nowhere(calm: House, burst: Burst) -> None:
    house = replace(calm, floods=read_floods({"web": {"source": [2, 60]}}))
    assert [await is_flooding("source:x", channel="web", house=house) for _ in range(3)] == [
        False,
        False,
        True,
    ]
    assert not await is_flooding("", channel="web", house=house)
    assert not await is_flooding("source:y", channel="web", house=house)
    assert aside(await burst(1, house=house, is_in_flood=True)) == [True]
    event = await Event.get(action="report.quarantine")
    assert (event.object_id, event.data) == ("", {})


async def test_moves_of_a_recused_handler_leave_nothing_behind(calm: House, burst: Burst) -> None:
    reports = await burst(4)
    leader = await viewer(calm, "t-east-l")
    await recuse(reports[3].number, who="", reason="亲属", by=leader, house=calm)
    with pytest.raises(ReportNotFound):
        await decline(reports[3].number, ground="no-substance", text="x", by=leader, house=calm)
    assert await count_aside(leader) == 0


def test_figures_are_data_and_wrong_ones_are_named() -> None:
    read = read_floods({"web": {"code": [5, 10]}})
    assert read["web"]["code"] == (5, 10)
    assert read["web"]["place"] == FLOODS["web"]["place"] and read["chat"] == FLOODS["chat"]
    for setting, named in [
        ({"fax": {}}, "fax"),
        ({"web": []}, "web"),
        ({"web": {"codes": [1, 1]}}, "web.codes"),
        ({"web": {"code": [1]}}, "web.code"),
        ({"web": {"code": [-1, 5]}}, "web.code"),
        ({"web": {"code": [True, 5]}}, "web.code"),
        ({"web": {"code": [1, 0]}}, "web.code"),
    ]:
        with pytest.raises(FloodsWrong) as caught:
            read_floods(setting)
        assert f"“{named}”" in caught.value.message
