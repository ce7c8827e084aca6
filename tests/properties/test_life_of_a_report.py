"""Whatever is tried in whatever order: one owner, an event for each change, no approval by the proposer, no trap."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.reports import ReportNotFound
from casework.accept import accept
from casework.approve import approve
from casework.conclude import conclude
from casework.dispose import dispose
from casework.errors import FieldWrong, TransitionNotAllowed
from casework.feedback import feedback
from casework.recuse import recuse
from casework.send_back import send_back
from casework.transfer import transfer
from intake.draft import Draft
from intake.submit import submit
from models.case_record import CaseRecord
from models.choices import Channel, RecordKind, RecordOutcome, Status
from models.event import Event
from models.report import Report
from organisation.house import House
from tests.casework.conftest import viewer
from tests.factories import make_entry, make_organisation
from tests.properties.soaking import SOAK, examples

WHY = "按照规定应当这样办理"


@dataclass(frozen=True)
class Step:
    """`by` is a suffix of the accounts of the body that has it; `choice` a disposition."""

    action: str
    by: str
    choice: str


ACTIONS = ["accept", "dispose", "approve", "send-back", "conclude", "feedback", "transfer", "recuse"]
steps = st.builds(
    Step,
    # the way forward more often than the ways aside
    action=st.sampled_from([*ACTIONS[:6], *ACTIONS[:3], *ACTIONS]),
    by=st.sampled_from(["a", "a", "b", "l", "l"]),
    choice=st.sampled_from(["talk", "verify", "hold", "dismiss", "answer", "refer"]),
)


async def take(step: Step, report: Report, *, kind: str, house: House) -> str | None:
    """Who did it; None when it was refused."""
    owner = (await Report.get(id=report.id)).owner_id.lower()
    by, number = await viewer(house, f"{owner}-{step.by}"), report.number
    day = (house.clock.now().astimezone(house.timezone) + timedelta(days=40)).date().isoformat()
    calls = {
        "accept": lambda: accept(number, kind=kind, by=by, house=house),
        "dispose": lambda: dispose(
            number, disposition=step.choice, text=WHY, study=WHY, review_on=day, by=by, house=house
        ),
        "approve": lambda: approve(number, by=by, house=house),
        "send-back": lambda: send_back(number, reason=WHY, by=by, house=house),
        "conclude": lambda: conclude(number, text=WHY, by=by, house=house),
        "feedback": lambda: feedback(number, text=WHY, by=by, house=house),
        "transfer": lambda: transfer(number, reason=WHY, by=by, house=house),
        "recuse": lambda: recuse(number, reason=WHY, by=by, house=house),
    }
    try:
        await calls[step.action]()
    except (FieldWrong, TransitionNotAllowed, ReportNotFound):
        return None
    return by.actor


async def filed(house: House) -> Report:
    draft = Draft(
        entry=await make_entry(),
        level="village",
        text="村里修路的账对不上",
        channel=Channel.CHAT,
        person_index=house.vault.index("oa", "o-villager"),
        openid="o-villager",
    )
    return await Report.get(id=(await submit(draft, house=house)).report_id)


@pytest.fixture
async def everybody(house: House) -> House:
    await make_organisation(house)
    return house


@pytest.mark.timeout(200 * SOAK)
@examples(10)
@given(kind=st.sampled_from(["clue", "clue", "suggestion"]), path=st.lists(steps, min_size=4, max_size=12))
async def test_one_owner_one_event_and_two_people(everybody: House, kind: str, path: list[Step]) -> None:
    house = everybody
    await Report.all().delete()
    await Event.all().delete()
    report = await filed(house)
    for step in path:
        before, events = await Report.get(id=report.id), await Event.all().count()
        who = await take(step, report, kind=kind, house=house)
        after = await Report.get(id=report.id)
        assert await Event.all().count() == events + (who is not None), step
        if who is None:
            assert dict(after) == dict(before), step
            continue
        assert after.owner_id and after.due_at is not None
        proposals = await CaseRecord.filter(report_id=report.id, kind=RecordKind.PROPOSAL)
        waiting = [row for row in proposals if row.outcome is RecordOutcome.OPEN]
        # one proposal waits exactly while a body has to approve it
        assert len(waiting) == (after.approver_id is not None), step
        assert all(row.by_id != row.settled_by_id for row in proposals)
    await goes_on_to_the_end(await Report.get(id=report.id), kind=kind, house=house)


async def goes_on_to_the_end(report: Report, *, kind: str, house: House) -> None:
    """From wherever it is, people who do their work bring it to 已反馈."""
    choice = "verify" if kind == "clue" else "refer"
    for action, by in [
        ("accept", "a"), ("accept", "b"), ("accept", "l"), ("dispose", "a"), ("dispose", "b"), ("approve", "l"),
        ("conclude", "a"), ("conclude", "b"), ("feedback", "a"), ("feedback", "b"),
    ]:  # fmt: skip
        await take(Step(action, by, choice), report, kind=kind, house=house)
    assert (await Report.get(id=report.id)).status is Status.FED_BACK
