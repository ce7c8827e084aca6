"""A rule fails, a table is swapped, a body or zone goes while a report is decided: a person decides, and is told."""

from collections.abc import Callable

import pytest

from access.reports import ReportNotFound, find_report
from dossier.rematching import rematch_due
from dossier.rows import report_key
from intake.draft import Draft
from intake.submit import submit
from models.body import Body
from models.choices import Channel
from models.decision import RoutingDecision
from models.event import Event
from models.outbox import OutboxNotice
from models.report import Report
from models.staff import Staff
from models.zone import Zone
from organisation.house import House
from organisation.live import current_version, raise_version, read_table
from routing import texts
from routing.case import Case
from routing.conflicts import Conflicts
from routing.decide import decide_and_explain
from routing.decision import Decision, Outcome
from routing.facts import Facts
from routing.table import RoutingTable
from tests.casework.conftest import viewer
from tests.factories import NOW, bind_staff, make_entry, make_organisation

BODIES = ("T-EAST", "OFFICE-1", "LETTERS")


@pytest.fixture
async def bound(house: House) -> House:
    """Everybody who could be told is bound."""
    await make_organisation(house)
    for staff in await Staff.filter(body_id__in=BODIES):
        await bind_staff(house, staff, openid=f"o-{staff.username}")
    return house


async def filed(level: str, *, house: House, text: str = "村里修路的账对不上") -> Report:
    draft = Draft(
        entry=await make_entry(), level=level, text=text, channel=Channel.CHAT, person_index="p" * 64
    )
    done = await submit(draft, house=house)
    return await Report.get(id=done.report_id)


async def latest(report: Report) -> RoutingDecision:
    return (await RoutingDecision.filter(report_id=report.id).order_by("-table_version", "-decided_at"))[0]


async def told(report: Report) -> set[str]:
    """Usernames with a notice of the last decision."""
    made = await latest(report)
    notices = OutboxNotice.filter(report_id=report.id, dedupe_key__contains=made.id)
    staff = await Staff.filter(id__in=await notices.values_list("staff_id", flat=True))
    return {person.username for person in staff}


async def lies_for_a_person_to_decide(report: Report, *, house: House) -> None:
    """Human triage: the letters room owns it, sees it and has an alert; nobody else does."""
    assert report.owner_id == "LETTERS"
    assert await told(report) == {"letters-l", "letters-a", "letters-b"}
    for username in ("letters-l", "letters-a"):
        await find_report(await viewer(house, username), number=report.number)
    for username in ("t-east-l", "office-1-l", "office-1-a", "city-l"):
        with pytest.raises(ReportNotFound):
            await find_report(await viewer(house, username), number=report.number)


async def last_decision(report: Report, *, house: House) -> tuple[str, list[str]]:
    found = (
        await RoutingDecision.filter(report_id=report.id).order_by("-decided_at", "-table_version").first()
    )
    assert found is not None
    key = report_key(report, house=house)
    sealed = key.open_json(found.sealed_reasons, place=f"routing_decision:{found.id}:reasons")
    return found.rule, sealed["reasons"]


async def test_a_rule_that_raises_sends_a_filed_report_to_a_person(
    bound: House, monkeypatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(case: Case) -> Outcome | None:
        raise LookupError("a person's name that must not be told")

    def failing(facts: Facts, table: RoutingTable) -> tuple[Decision, Conflicts]:
        return decide_and_explain(facts, table, rules=(broken,))

    monkeypatch.setattr("intake.submit.decide_and_explain", failing)
    report = await filed("village", house=bound)
    await lies_for_a_person_to_decide(report, house=bound)
    rule, reasons = await last_decision(report, house=bound)
    assert rule == "triage" and texts.TRIAGE_FAILED in reasons
    event = await Event.get(action="report.file", report_id=report.id)
    assert event.data == {"body": "LETTERS", "rule": "triage", "failed_rule": "broken"}
    (line,) = [line for line in caplog.records if line.getMessage() == "rule_failed"]
    assert (line.levelname, vars(line)["rule"]) == ("ERROR", "broken")
    assert "must not be told" not in str(vars(line))
    assert not any("must not be told" in str(row.data) for row in await Event.all())


async def zone_deleted() -> None:
    await Zone.filter(code="Z1").update(is_active=False)
    await Body.filter(code="OFFICE-1").update(is_active=False)


async def township_closed() -> None:
    await Body.filter(code="T-EAST").update(is_active=False)


async def office_emptied() -> None:
    await Zone.filter(code="Z1").update(office_body_id=None)
    await Staff.filter(body_id="OFFICE-1").update(is_active=False)


@pytest.mark.parametrize(
    ("change", "level", "before"),
    [
        (zone_deleted, "township", "OFFICE-1"),
        (township_closed, "village", "T-EAST"),
        (office_emptied, "township", "OFFICE-1"),
    ],
)
async def test_what_goes_while_a_report_is_decided_is_made_good(
    bound: House, monkeypatch, change: Callable, level: str, before: str
) -> None:
    await change()
    await raise_version(at=NOW)
    swapped = await read_table(await current_version())

    def deciding(facts: Facts, table: RoutingTable) -> tuple[Decision, Conflicts]:
        """The table is another one as soon as the decision was made."""
        ruling = decide_and_explain(facts, table)
        bound.organisation.table = swapped
        return ruling

    monkeypatch.setattr("intake.submit.decide_and_explain", deciding)
    report = await filed(level, house=bound)
    assert report.owner_id == before and report.matched_version < swapped.version
    while await rematch_due(house=bound):
        pass
    report = await Report.get(id=report.id)
    await lies_for_a_person_to_decide(report, house=bound)
    assert (await last_decision(report, house=bound))[0] == "triage"
    moved = await Event.get(action="report.move", report_id=report.id)
    assert moved.actor == "system" and moved.data == {"from": before, "body": "LETTERS", "rule": "triage"}
    assert report.matched_version == swapped.version
    assert not await rematch_due(house=bound)


async def test_outside_any_zone_a_person_decides_from_the_first(bound: House) -> None:
    await Zone.filter(code="Z1").update(is_active=False)
    await raise_version(at=NOW)
    await bound.organisation.refresh()
    report = await filed("township", house=bound)
    await lies_for_a_person_to_decide(report, house=bound)
    assert texts.TRIAGE_NO_ZONE in (await last_decision(report, house=bound))[1]


async def test_a_body_that_only_misses_somebody_keeps_what_it_has(bound: House) -> None:
    report = await filed("village", house=bound)
    await Staff.filter(username="t-east-l").update(is_active=False)
    await raise_version(at=NOW)
    await bound.organisation.refresh()
    while await rematch_due(house=bound):
        pass
    assert (await Report.get(id=report.id)).owner_id == "T-EAST"
    assert not await Event.filter(action="report.move").exists()


async def test_half_an_import_is_never_decided_on_for_long(bound: House) -> None:
    """A table read while an import was committed holds something of both, under the older version."""
    old = bound.organisation.table
    await zone_deleted()
    await township_closed()
    bound.organisation.table = await read_table(old.version)
    await Zone.all().update(is_active=True)
    await Body.all().update(is_active=True)
    await raise_version(at=NOW)
    report = await filed("village", house=bound)
    await lies_for_a_person_to_decide(report, house=bound)
    assert (await last_decision(report, house=bound))[0] == "triage"
    event = await Event.get(action="report.file", report_id=report.id)
    assert event.data == {"body": "LETTERS", "rule": "triage", "failed_rule": None}
    assert report.matched_version == old.version
    await bound.organisation.refresh()
    assert "T-EAST" in bound.organisation.table.bodies
    assert await rematch_due(house=bound)
    assert (await filed("village", house=bound)).owner_id == "T-EAST"


async def test_a_report_with_nowhere_to_go_waits_for_people(bound: House) -> None:
    report = await filed("village", house=bound)
    await Staff.all().update(is_active=False)
    await raise_version(at=NOW)
    await bound.organisation.refresh()
    assert await rematch_due(house=bound)
    assert (await Report.get(id=report.id)).owner_id in ("T-EAST", "LETTERS")
    assert not await rematch_due(house=bound)
