"""However a report is moved, it has one owner and one clock, and the villager hears no ping-pong."""

import itertools
from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.ledger import list_ledger
from access.reports import ReportNotFound, find_report
from casework.accept import accept
from casework.assign import assign
from casework.assign_down import assign_down
from casework.cross import cross
from casework.errors import FieldWrong, TransitionNotAllowed
from casework.give_back import give_back
from casework.lift import lift
from casework.recuse import recuse
from casework.transfer import transfer
from dossier.rows import report_key
from intake.draft import Draft
from intake.submit import submit
from models.choices import Channel, Speaker, Status
from models.decision import RoutingDecision
from models.event import Event
from models.message import Message
from models.outbox import OutboxNotice
from models.report import Report
from models.staff import Staff
from organisation.house import House
from organisation.working_days import Calendar
from tests.casework.conftest import viewer
from tests.factories import bind_staff, make_entry, make_organisation
from tests.properties.soaking import SOAK, examples

BODIES = ["T-EAST", "T-WEST", "OFFICE-1", "STATIONED", "LETTERS", "CASES", "CADRE", "HEAD", "CITY"]
USERNAMES = [f"{body.lower()}-{suffix}" for body in BODIES for suffix in "lab"]
MOVES = {"transfer", "return", "lift", "cross", "assign-down", "recuse"}
WHY = "按照规定应当这样办理"


@dataclass(frozen=True)
class Step:
    """What one of the staff tries. `by` owner-l, owner-a: somebody of the body that has it now."""

    action: str
    by: str
    body: str
    trigger: str


steps = st.builds(
    Step,
    action=st.sampled_from([*sorted(MOVES), "transfer", "return", "accept", "assign"]),
    by=st.sampled_from(["owner-l", "owner-l", "owner-a", "office-1-l", "head-l", "cases-a", "t-west-l"]),
    body=st.sampled_from(["", "", *BODIES]),
    trigger=st.sampled_from(["", "", "", "masses", "span", "recusal"]),
)


async def take(step: Step, report: Report, *, house: House) -> str | None:
    """Who did it; None when it was refused."""
    owner = (await Report.get(id=report.id)).owner_id.lower()
    username = step.by.replace("owner", owner)
    by = await viewer(house, username)
    calls = {
        "accept": lambda: accept(report.number, kind="clue", by=by, house=house),
        "assign": lambda: assign(report.number, staff=f"{owner}-b", by=by, house=house),
        "transfer": lambda: transfer(
            report.number, reason=WHY, body=step.body, trigger=step.trigger, by=by, house=house
        ),
        "return": lambda: give_back(report.number, reason=WHY, by=by, house=house),
        "lift": lambda: lift(report.number, reason=WHY, by=by, house=house),
        "cross": lambda: cross(report.number, body=step.body, authorisation=WHY, by=by, house=house),
        "assign-down": lambda: assign_down(
            report.number, body=step.body, authorisation=WHY, by=by, house=house
        ),
        "recuse": lambda: recuse(report.number, reason=WHY, by=by, house=house),
    }
    try:
        await calls[step.action]()
    except (FieldWrong, TransitionNotAllowed, ReportNotFound):
        return None
    return username


async def sees(username: str, report: Report, *, house: House) -> bool:
    try:
        await find_report(await viewer(house, username), number=report.number)
    except ReportNotFound:
        return False
    return True


@pytest.fixture
async def everybody(house: House) -> House:
    await make_organisation(house)
    for staff in await Staff.all():
        await bind_staff(house, staff, openid=f"o-{staff.username}")
    return house


async def filed(house: House, level: str) -> Report:
    draft = Draft(
        entry=await make_entry(),
        level=level,
        text="村里修路的账对不上",
        channel=Channel.CHAT,
        person_index=house.vault.index("oa", "o-villager"),
        openid="o-villager",
    )
    done = await submit(draft, house=house)
    # overdue from the start, so that the zone's office has its row
    await Report.filter(id=done.report_id).update(due_at=house.clock.now() - timedelta(days=9))
    return await Report.get(id=done.report_id)


@pytest.mark.timeout(200 * SOAK)
@examples(20)
@given(
    level=st.sampled_from(["none", "village", "village", "township", "department"]),
    path=st.lists(steps, max_size=9),
)
async def test_one_owner_one_clock_and_no_ping_pong(everybody: House, level: str, path: list[Step]) -> None:
    house = everybody
    await Report.all().delete()
    await Event.all().delete()
    report = await filed(house, level)
    recused: set[str] = set()
    owners = [report.owner_id]
    for step in path:
        before = await Report.get(id=report.id)
        events, decisions = await Event.all().count(), await RoutingDecision.all().count()
        who = await take(step, report, house=house)
        after = await Report.get(id=report.id)
        is_move = who is not None and step.action in MOVES
        # one event and one decision a move, and nothing half done
        assert await Event.all().count() == events + (who is not None), step
        assert await RoutingDecision.all().count() == decisions + is_move, step
        if who is None:
            assert (after.owner_id, after.status, after.due_at) == (
                before.owner_id,
                before.status,
                before.due_at,
            )
            continue
        if step.action == "recuse":
            recused.add(who)
        if is_move:
            moved_is_clean(before, after, house=house)
        if after.owner_id != before.owner_id:
            owners.append(after.owner_id)
        await nobody_else_sees(after, recused=recused, house=house)
    await the_villager_heard_once_each(report, moves=len(owners) - 1, house=house)
    latest = await RoutingDecision.filter(report_id=report.id).order_by("-decided_at").first()
    assert latest is not None and latest.body_id == owners[-1]


def moved_is_clean(before: Report, after: Report, *, house: House) -> None:
    assert (after.status, after.handler_id, after.accepted_at) == (Status.RECEIVED, None, None)
    latest = Calendar().add_working_days(house.clock.now(), days=5, timezone=house.timezone)
    assert after.due_at is not None and after.due_at <= latest
    if after.owner_id == before.owner_id:
        assert before.due_at is None or after.due_at <= before.due_at
        assert after.owned_at == before.owned_at
    else:
        assert after.owned_at > before.owned_at


async def nobody_else_sees(report: Report, *, recused: set[str], house: House) -> None:
    seeing = {username for username in USERNAMES if await sees(username, report, house=house)}
    body = report.owner_id.lower()
    assert seeing <= {f"{body}-{suffix}" for suffix in "lab"} - recused
    for username in recused:
        page = await list_ledger(await viewer(house, username), at=house.clock.now())
        assert report.number not in [row.number for row in page.rows]


async def the_villager_heard_once_each(report: Report, *, moves: int, house: House) -> None:
    key = report_key(report, house=house)
    said = [
        key.open_text(row.sealed_text, place=f"message:{row.id}:text")
        for row in await Message.filter(report_id=report.id, speaker=Speaker.SYSTEM).order_by("said_at")
    ]
    assert all(one != other for one, other in itertools.pairwise(said))
    assert any("已转至有管辖权的机构" in words for words in said) == (moves > 0)
    for words in said:
        assert "已转至" not in words or not any(
            name in words for name in ("东河", "西坪", "纪检监察室", "信访室", "派驻", "云岭", "青川")
        )
    assert await OutboxNotice.filter(report_id=report.id, notice="report_progress").count() == len(said)
