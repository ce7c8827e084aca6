"""What a stolen database tells of who reported: nothing without the keys, little with them of a chat that was left."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from bot import texts
from bot.turnstile import Turnstile
from clients.database import rows
from models.conversation import Conversation
from models.event import Event
from models.inbox import InboxMessage
from models.liaison import Liaison
from models.report import Report
from models.staff import Staff
from organisation.credentials import bind_code_index
from organisation.house import House
from tests.bot.chatting import Villager, a_turnstile, number_in, receipt_in
from tests.factories import make_entry, make_organisation

INDEX = re.compile(r"[0-9a-f]{64}")


@pytest.fixture
async def turnstile(house: House) -> AsyncIterator[Turnstile]:
    await make_organisation(house)
    async with a_turnstile(house) as made:
        yield made


@pytest.fixture
def villager(turnstile: Turnstile) -> Villager:
    return Villager(turnstile, "o-villager-one")


async def indexes_in(table: str) -> set[str]:
    """Every keyed hash that stands in a table: equal ones join two rows without any key."""
    found: set[str] = set()
    for row in await rows(f"SELECT * FROM {table}"):
        found |= {value for value in dict(row).values() if isinstance(value, str) and INDEX.fullmatch(value)}
    return found


@pytest.mark.parametrize("table", ["liaison", "staff"])
async def test_a_bound_account_that_reports_has_no_index_in_common_with_its_reports(
    villager: Villager, house: House, table: str
) -> None:
    """The rows of staff and liaisons hold names: one common value, and an anonymous report has a name."""
    person: Any = await (Liaison if table == "liaison" else Staff).first()
    person.phone, person.bind_code_index = "13900000009", bind_code_index("AB12CD", vault=house.vault)
    await person.save()
    assert person.name in await villager.say("绑定 13900000009 AB12CD")
    await villager.report((await make_entry()).code)
    assert (await Report.get()).reporter_index
    named = await indexes_in(table)
    assert named
    for other in ("report", "conversation", "inbox_message", "attachment", "api_session"):
        assert not named & await indexes_in(other), other


async def test_no_index_joins_a_chat_to_its_reports(villager: Villager) -> None:
    """A conversation tells when somebody spoke, and the log when an account was bound."""
    await villager.report((await make_entry()).code)
    reports = await indexes_in("report")
    assert (await Report.get()).reporter_index in reports
    for other in ("conversation", "inbox_message", "attachment", "draft_piece", "staff", "liaison"):
        assert not reports & await indexes_in(other), other


async def test_no_moment_joins_the_log_or_a_report_to_a_push(villager: Villager, house: House) -> None:
    """The log names whoever bound an account, at the moment their message came."""
    chief = await Liaison.get(phone="13900000001")
    chief.bind_code_index = bind_code_index("AB12CD", vault=house.vault)
    await chief.save()
    await villager.say("绑定 13900000001 AB12CD")
    await villager.report((await make_entry()).code)
    moments = {event.at for event in await Event.all()} | {
        report.submitted_at for report in await Report.all()
    }
    received = {row.received_at for row in await InboxMessage.all()}
    assert len(moments) >= 2 and len(received) <= 2
    assert min(abs(moment - day) for moment in moments for day in received) > timedelta(seconds=1)


async def test_a_voice_is_warned_of_before_it_is_filed(villager: Villager) -> None:
    await villager.scan((await make_entry()).code)
    await villager.push(kind="voice", media_id="voice-1")
    await villager.say("提交")
    assert texts.VOICE_WARNING in await villager.say("村干部")


async def test_leaving_unbinds_the_account(villager: Villager, house: House) -> None:
    chief = await Liaison.get(phone="13900000001")
    chief.bind_code_index = bind_code_index("AB12CD", vault=house.vault)
    await chief.save()
    await villager.say("绑定 13900000001 AB12CD")
    await villager.push(kind="event", event="unsubscribe")
    await chief.refresh_from_db()
    assert chief.openid_index is None and chief.sealed_openid is None


async def test_a_chat_that_was_left_keeps_no_answer_that_names_its_reports(
    villager: Villager, house: House
) -> None:
    """Not even for whoever holds database and keys: number and receipt lead to the report."""
    filed = await villager.report((await make_entry()).code)
    secrets = (number_in(filed), receipt_in(filed)[:4])
    assert any(secret in answer for answer in await answers_kept(house) for secret in secrets)
    await villager.push(kind="event", event="unsubscribe")
    assert not any(secret in answer for answer in await answers_kept(house) for secret in secrets)
    assert await villager.again() == ""


async def answers_kept(house: House) -> list[str]:
    conversation = await Conversation.get()
    key = house.vault.key(conversation.data_key, place=f"conversation:{conversation.id}:key")
    return [
        key.open_text(bytes(row.sealed_answer or b""), place=f"inbox:{row.key}:answer")
        for row in await InboxMessage.filter(sealed_answer__isnull=False)
    ]


async def test_the_moment_of_the_last_word_is_not_kept(villager: Villager) -> None:
    """It is often the moment of filing, and would join the chat to the report."""
    await villager.report((await make_entry()).code)
    (talk,) = await rows("SELECT * FROM conversation")
    assert talk["window_until"] % 3_600_000 == 0 and talk["changed_at"] % 86_400_000 == 0
    (pushes,) = await rows("SELECT COUNT(DISTINCT received_at) AS days FROM inbox_message")
    assert pushes["days"] == 1
