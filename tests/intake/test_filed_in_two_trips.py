"""Filing looks once and writes once, and what it refuses leaves nothing in a transaction that goes on."""

from typing import Any

import pytest
from tortoise.transactions import in_transaction

from intake.attachments import AttachmentUnknown
from intake.draft import Draft
from intake.errors import AppealUnknown
from intake.submit import submit
from models.choices import Channel
from models.decision import RoutingDecision
from models.entry_code import EntryCode
from models.errors import DomainError
from models.event import Event
from models.message import Message
from models.outbox import OutboxNotice
from models.report import Report
from models.report_bar import ReportBar
from models.staff import Staff
from organisation.house import House
from tests.factories import bind_staff, make_entry, make_organisation
from tests.trips import noted_trips
from vault.log import record

KEPT = {Report: 1, Message: 1, RoutingDecision: 1, Event: 1, ReportBar: 1, OutboxNotice: 3}


@pytest.fixture
async def entry(house: House) -> EntryCode:
    await make_organisation(house)
    for staff in await Staff.filter(body_id="OFFICE-1"):
        await bind_staff(house, staff, openid=f"o-{staff.username}")
    return await make_entry()


def draft(entry: EntryCode, **more: Any) -> Draft:
    said: dict[str, Any] = {"level": "village", "text": "修路的账对不上", "channel": Channel.CHAT}
    return Draft(entry=entry, person_index="p" * 64, **(said | more))


async def test_one_look_and_one_write_keep_all_of_it(
    house: House, entry: EntryCode, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with in_transaction():
        trips = noted_trips(monkeypatch)
        await submit(draft(entry, avoid=frozenset({"township"})), house=house)
        assert trips == ["trip", "trip"]
    assert {model: await model.all().count() for model in KEPT} == KEPT
    report = await Report.get()
    assert report.owner_id == "OFFICE-1" and report.quarantined_until is None
    people = await Staff.filter(body_id="OFFICE-1")
    assert {notice.staff_id for notice in await OutboxNotice.all()} == {person.id for person in people}


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [({"attachments": ("gone",)}, AttachmentUnknown), ({"appeal_of": "GONE"}, AppealUnknown)],
)
async def test_what_is_refused_leaves_nothing_where_the_transaction_goes_on(
    house: House, entry: EntryCode, wrong: dict[str, Any], refusal: type[DomainError]
) -> None:
    async with in_transaction():
        with pytest.raises(refusal):
            await submit(draft(entry, **wrong), house=house)
        await record("report.refused", by="system", at=house.clock.now())
    assert [event.action for event in await Event.all()] == ["report.refused"]
    assert not any([await model.exists() for model in KEPT if model is not Event])
