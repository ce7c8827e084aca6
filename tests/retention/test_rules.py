"""How long is data: a default set, rows where it is otherwise, and nothing of a report for less than a year."""

from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from tortoise.migrations.operations import RunSQL

from clients.database import changed
from models.conversation import Conversation
from models.event import Event
from models.inbox import InboxMessage
from models.message import Message
from models.report import Report
from models.staff import Staff
from organisation.house import House
from retention.errors import RuleWrong
from retention.rules import default_rules, earlier, limits, rules_in_force, set_rule
from retention.short_lived import GONE, forget
from tests.bot.chatting import Villager, a_turnstile
from tests.conftest import World
from tests.factories import bind_staff, make_entry, make_organisation
from tests.retention.conftest import Close

AT = datetime(2026, 2, 28, 8, tzinfo=UTC)


async def test_a_row_goes_before_the_default_set(database: World) -> None:
    await set_rule(what="report", kind="clue", status="closed", keep="15y", by="system", at=AT)
    before = {(one.kind, one.status): one.before.year for one in await limits(at=AT)}
    assert before["clue", "closed"] == 2011 and before["appeal", "closed"] == 2016
    # no rule of its own: that of no kind
    assert before["clue", "declined"] == before["", "declined"] == 2023
    assert [rule.keep for rule in await rules_in_force() if not rule.is_default] == ["15y"]
    assert await Event.filter(action="retention.rule").count() == 1


@pytest.mark.parametrize(
    ("what", "kind", "status", "keep"),
    [
        ("report", "clue", "closed", "11m"),
        ("report", "clue", "handling", "10y"),
        ("event", "", "", "10y"),
        ("inbox", "", "", "3"),
        ("inbox", "", "", "101y"),
    ],
)
async def test_what_is_no_rule_is_refused(
    database: World, what: str, kind: str, status: str, keep: str
) -> None:
    with pytest.raises(RuleWrong):
        await set_rule(what=what, kind=kind, status=status, keep=keep, by="system", at=AT)


def test_months_are_the_calendars() -> None:
    leap = datetime(2024, 2, 29, tzinfo=UTC)
    assert earlier(leap, keep="1y") == datetime(2023, 2, 28, tzinfo=UTC)
    assert earlier(datetime(2026, 1, 5, tzinfo=UTC), keep="3m") == datetime(2025, 10, 5, tzinfo=UTC)
    assert earlier(leap, keep="3d") == leap - timedelta(days=3)


def test_every_rule_beside_those_of_reports_does_something() -> None:
    assert {rule.what for rule in default_rules()} == {"report", *GONE}


async def test_old_answers_go_and_reports_stay(house: House, world: World) -> None:
    await make_organisation(house)
    entry = await make_entry()
    async with a_turnstile(house) as turnstile:
        await Villager(turnstile, "o-one").report(entry.code)
        assert await forget(house=house) == 0
        (world.folder / "clock").write_text(str(4 * 86400))
        answers = await InboxMessage.all().count()
        assert await forget(house=house) == answers > 3
        assert (await InboxMessage.all().count(), await Conversation.all().count()) == (0, 1)
        (world.folder / "clock").write_text(str(735 * 86400))
        assert await forget(house=house) == 1
        assert (await Conversation.all().count(), await Report.all().count()) == (0, 1)
        # remembered by the process or not, whoever comes back begins anew
        await Villager(turnstile, "o-one").report(entry.code)
    assert (await Conversation.all().count(), await Report.all().count()) == (1, 2)


async def test_an_account_that_was_stopped_loses_what_it_proved_itself_by(house: House, world: World) -> None:
    await make_organisation(house)
    for username in ("t-east-a", "t-east-b"):
        await bind_staff(house, await Staff.get(username=username), openid=f"o-{username}")
    await Staff.filter(username="t-east-a").update(is_active=False, password_hash="x")
    await forget(house=house)
    stopped, other = await Staff.get(username="t-east-a"), await Staff.get(username="t-east-b")
    assert (stopped.openid_index, stopped.sealed_openid, stopped.password_hash) == (None, None, "-")
    assert other.openid_index and other.sealed_openid


async def test_what_ended_before_there_were_rules_counts_from_its_last_word(
    county: House, closed: Close
) -> None:
    report, other = await closed(), await closed()
    said_at = report.closed_at + timedelta(days=5)
    await Message.filter(id=(await Message.filter(report_id=report.id).first()).id).update(said_at=said_at)
    await Report.all().update(kept_from=None)
    migration = import_module("models.migrations.0024_kept_as_long_as_needed").Migration
    for step in migration.operations:
        if isinstance(step, RunSQL):
            await changed(step.sql)
    assert (await Report.get(id=report.id)).kept_from == said_at
    assert (await Report.get(id=other.id)).kept_from == other.closed_at
