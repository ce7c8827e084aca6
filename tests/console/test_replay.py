"""A decision made again: on the facts, words and organisation of its day, and on today's; nothing is changed."""

import pytest

from casework.recuse import recuse
from casework.transfer import transfer
from dossier.replaying import replay
from dossier.rows import report_key
from intake.supplement import add_message
from models.decision import RoutingDecision
from models.event import Event
from models.message import Message
from models.report_bar import ReportBar
from organisation.importing import tables
from organisation.importing.applying import import_batch
from organisation.importing.rows import batch_of_rows
from tests.casework.conftest import viewer
from tests.factories import EAST


async def recused(house, who: str) -> None:
    row = {"who": who, "from_kind": "region", "from": EAST}
    batch = batch_of_rows(tables.RECUSALS, [row])
    await import_batch(batch, vault=house.vault, clock=house.clock, by="system")
    await house.organisation.refresh()


async def replays(house, report):
    """Every decision of the report, the first one first."""
    key, table = report_key(report, house=house), house.organisation.table
    stored = await RoutingDecision.filter(report_id=report.id).order_by("decided_at", "id")
    return [await replay(report, decision_id=each.id, key=key, table=table) for each in stored]


async def move_about(house, report) -> None:
    """Four decisions: filed, somebody steps back, a leader sends it on, the county assigns it."""
    await recuse(report.number, by=await viewer(house, "t-east-a"), house=house, who="", reason="是邻居")
    await transfer(
        report.number,
        by=await viewer(house, "t-east-l"),
        house=house,
        reason="群众反映强烈",
        trigger="masses",
    )
    await transfer(report.number, by=await viewer(house, "office-1-l"), house=house, reason="不属于本室")


async def test_every_decision_is_made_again_as_it_was(county, file):
    report = await file(text="村里的账目不清楚", level="village")
    await move_about(county, report)
    found = await replays(county, report)
    assert [each.stored.cause for each in found] == ["filed", "recusal", "transfer", "transfer"]
    assert [each.stored.rule for each in found][:3] == ["village", "kept", "zone_trigger"]
    for each in found:
        assert each.agrees_then and each.agrees_now
        assert each.then.body == each.stored.body_id


async def test_the_day_s_organisation_and_today_s_are_told_apart(county, file):
    report = await file()
    await recused(county, "T-EAST")
    [found] = await replays(county, report)
    assert (found.then.body, found.agrees_then) == ("T-EAST", True)
    assert (found.now.body, found.agrees_now) == ("OFFICE-1", False)
    assert found.then_table.version < county.organisation.table.version


async def test_words_said_later_count_for_later_decisions_only(county, file):
    report = await file()
    await add_message(report, text="其实是赵l和赵a、赵b做的", house=county)
    first, second = await replays(county, await type(report).get(id=report.id))
    assert (first.then.body, first.agrees_then) == ("T-EAST", True)
    assert (second.stored.body_id, second.agrees_then, second.agrees_now) == ("OFFICE-1", True, True)


async def test_an_appeal_is_asked_again_against_the_body_that_had_decided(county, file):
    decided = await file()
    appeal = await file(appeal_of=decided.number)
    by = await viewer(county, "t-east-l")
    await transfer(decided.number, by=by, house=county, reason="群众反映强烈", trigger="masses")
    [found] = await replays(county, appeal)
    assert found.agrees_then and "body:T-EAST" in {out.who for out in found.then.ruled_out}


async def test_only_a_leader_who_sees_the_report_may_look_and_the_look_alone_is_kept(browser, file):
    report = await file()
    decision = await RoutingDecision.get(report_id=report.id)
    address = f"/console/reports/{report.number}/decisions/{decision.id}"
    await recused(browser.house, "T-WEST")
    for username in ("t-east-a", "t-west-l", "head-l", "cases-l"):
        await browser.sign_in(username)
        assert (await browser.get(address)).status == 404
        assert "没有这个页面" in browser.text
        await browser.post("/console/logout")
    tables_before = [await table.all().values() for table in (RoutingDecision, ReportBar, Message)]
    events = await Event.all().count()
    await browser.sign_in("t-east-l")
    signed_in = await Event.all().count()
    assert signed_in >= events and (await browser.get(address)).status == 200
    assert "与当时的决定一致" in browser.text and "用当日的机构重算" in browser.text
    assert await Event.all().count() == signed_in + 1
    look = await Event.all().order_by("-id").first()
    assert (look.action, look.report_id, look.object_id) == ("decision.replay", report.id, decision.id)
    assert tables_before == [await table.all().values() for table in (RoutingDecision, ReportBar, Message)]


async def test_a_decision_of_another_report_is_absent(browser, file):
    mine, other = await file(), await file()
    decision = await RoutingDecision.get(report_id=other.id)
    await browser.sign_in("t-east-l")
    assert (await browser.get(f"/console/reports/{mine.number}/decisions/{decision.id}")).status == 404


@pytest.mark.parametrize("username", ["t-east-l", "t-east-a"])
async def test_the_report_s_page_links_it_for_leaders(browser, file, username):
    report = await file()
    await browser.sign_in(username)
    await browser.get(f"/console/reports/{report.number}")
    assert ("/decisions/" in browser.text) == (username == "t-east-l")
