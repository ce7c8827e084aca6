"""Every address, called by every kind of caller for somebody else's report or file: as if there were none."""

import re
from typing import Any

import pytest

from miniapp_api.examples import BODIES, NUMBER
from miniapp_api.operations import OPERATIONS, Operation
from models.attachment import Attachment
from models.entry_code import EntryCode
from models.event import Event
from models.message import Message
from models.report import Report
from organisation import tries
from tests.miniapp_api.conftest import Phone
from wechat_standin import StandIn

ABSENT = {"number": NUMBER, "id": "A" * 22}
OWNED = {"number", "id"}


def of_somebody() -> list[Operation]:
    """Those that take a report or something that hangs on one; what anybody may look up is not among them."""
    return [told for told in OPERATIONS if OWNED & set(re.findall(r"\{(\w+)\}", told.path))]


async def call(caller: Phone, told: Operation, values: dict[str, str]) -> tuple[int, Any]:
    path = re.sub(r"\{(\w+)\}", lambda part: values[part[1]], told.path)
    body = BODIES.get(told.handler.__name__) if told.body else None
    answer = await caller.ask(told.method, path, json=body)
    return answer.status, answer.body


async def test_for_everybody_else_it_does_not_exist(
    phone: Phone, entry: EntryCode, standin: StandIn, photo: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tries, "PAUSES", (0.0,))
    sent = (await phone.upload(photo)).body["id"]
    unfiled = (await phone.upload(photo)).body["id"]
    number = (await phone.file(entry.code, attachments=[sent])).body["number"]
    signed_in = await Phone(phone.client).sign_in(standin.mini_login(standin.add_person("neighbour").openid))
    anonymous = await Phone(phone.client).sign_in()
    receipts = []
    for owner in (anonymous, phone):
        other = (await owner.file(entry.code)).body["receipt"]
        opened = await Phone(phone.client).post("/receipts", {"receipt": other})
        receipts.append(Phone(phone.client, token=opened.body["token"]))
    callers = {
        "signed in": signed_in,
        "anonymous": anonymous,
        "a stranger's receipt": receipts[0],
        # a receipt opens its one report, also for who filed both
        "the owner's other receipt": receipts[1],
        "nobody": Phone(phone.client),
        "nonsense": Phone(phone.client, token="x" * 43),
    }
    before = await everything()
    assert len(of_somebody()) >= 7
    for told in of_somebody():
        for name, caller in callers.items():
            missing = await call(caller, told, ABSENT)
            assert missing[0] in (401, 403, 404), (name, told.path, missing)
            for attachment in (sent, unfiled):
                found = await call(caller, told, {"number": number, "id": attachment})
                assert found == missing, (name, told.method, told.path)
    assert await everything() == before
    assert (await phone.get(f"/reports/{number}")).status == 200


async def everything() -> list[int]:
    return [await kind.all().count() for kind in (Report, Message, Attachment, Event)]


async def test_lists_hold_only_ones_own(phone: Phone, entry: EntryCode, standin: StandIn) -> None:
    number = (await phone.file(entry.code)).body["number"]
    other = await Phone(phone.client).sign_in(standin.mini_login(standin.add_person("neighbour").openid))
    for told in OPERATIONS:
        if told.method != "GET" or told.is_open or "{" in told.path or "reporter" not in told.who:
            continue
        answer = await other.get(told.path)
        # 403: for liaisons only
        assert answer.status in (200, 403) and number not in answer.raw.decode(), told.path
