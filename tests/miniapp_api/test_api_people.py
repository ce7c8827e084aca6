"""Receipts, sessions, and what is held about oneself."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from access.own import reports_of
from models.api_session import ApiSession
from models.attachment import Attachment
from models.entry_code import EntryCode
from models.event import Event
from models.report import Report
from organisation import tries
from organisation.house import House
from tests.miniapp_api.conftest import Phone
from wechat_standin import Fault, StandIn

Another = Callable[[], Awaitable[Phone]]
WRONG = "1234567890123456"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tries, "PAUSES", (0.02,))
    # Redis is there: a machine that is busy must not be taken for its silence
    monkeypatch.setattr(tries, "PATIENCE_SECONDS", 20)


async def test_a_receipt_opens_that_one_report_from_anywhere(
    phone: Phone, another: Another, entry: EntryCode
) -> None:
    filed = (await phone.file(entry.code)).body
    other = (await phone.file(entry.code)).body
    typed = "　".join(filed["receipt"][at : at + 4] for at in range(0, 16, 4))
    opened = await Phone(phone.client).post("/receipts", {"receipt": typed})
    assert opened.status == 201 and opened.body["number"] == filed["number"]
    reader = Phone(phone.client, token=opened.body["token"])
    assert (await reader.get(f"/reports/{filed['number']}")).status == 200
    assert (await reader.get(f"/reports/{other['number']}")).status == 404
    assert [item["number"] for item in (await reader.get("/reports")).body["items"]] == [filed["number"]]
    assert (await reader.post(f"/reports/{filed['number']}/messages", {"text": "还有"})).status == 201


async def test_a_receipts_session_is_nobody(phone: Phone, entry: EntryCode) -> None:
    receipt = (await phone.file(entry.code)).body["receipt"]
    token = (await Phone(phone.client).post("/receipts", {"receipt": receipt})).body["token"]
    reader = Phone(phone.client, token=token)
    assert (await reader.file(entry.code)).status == 403
    assert (await reader.get("/me")).status == 403
    assert (await reader.ask("DELETE", "/me")).status == 403
    assert (await Report.all().count()) == 1


async def test_who_came_without_wechat_is_told_of_the_phone(phone: Phone, entry: EntryCode) -> None:
    another = await Phone(phone.client).sign_in()
    await phone.file(entry.code)
    assert (await phone.ask("DELETE", "/me")).body["message"].startswith("已经断开这部手机与 1 件")
    assert (await another.ask("DELETE", "/me")).body["message"].startswith("您名下没有反映")


async def test_wrong_absent_and_mistyped_receipts_look_the_same(phone: Phone, entry: EntryCode) -> None:
    receipt = (await phone.file(entry.code)).body["receipt"]
    mistyped = receipt[:-1] + str((int(receipt[-1]) + 1) % 10)
    answers = [
        await phone.post("/receipts", {"receipt": typed})
        for typed in (mistyped, WRONG, "123", "not a receipt")
    ]
    assert {(answer.status, answer.raw) for answer in answers} == {(404, answers[0].raw)}


async def test_from_the_fifth_try_it_is_slow_and_from_the_tenth_refused(
    phone: Phone, entry: EntryCode, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept, really_sleep = [], asyncio.sleep

    async def sleep(seconds: float, *more: Any) -> Any:
        # others sleep too, on the same loop
        if seconds < 1000:
            return await really_sleep(seconds, *more)
        slept.append(seconds)

    monkeypatch.setattr(tries, "PAUSES", (1001, 1002))
    monkeypatch.setattr(asyncio, "sleep", sleep)
    receipt = (await phone.file(entry.code)).body["receipt"]
    statuses, before = [], []
    for _ in range(10):
        statuses.append((await phone.post("/receipts", {"receipt": WRONG})).status)
        before.append(len(slept))
    assert statuses == [404] * 9 + [429]
    assert before == [0, 0, 0, 0, 1, 2, 3, 4, 5, 5] and slept == [1001, 1002, 1002, 1002, 1002]
    right = await phone.post("/receipts", {"receipt": receipt})
    assert right.status == 429 and int(right.headers["Retry-After"]) > 0


async def test_many_at_once_do_not_slip_through(phone: Phone, entry: EntryCode) -> None:
    answers = await asyncio.gather(*(phone.post("/receipts", {"receipt": WRONG}) for _ in range(40)))
    assert sum(answer.status == 404 for answer in answers) <= 9


async def test_the_prefix_counts_from_any_source(phone: Phone, entry: EntryCode, house: House) -> None:
    receipt = (await phone.file(entry.code)).body["receipt"]
    for number in range(9):
        guess = receipt[:8] + f"{number:08d}"
        await phone.post("/receipts", {"receipt": guess})
        for key in await house.coordination.redis.keys("tries:source:*"):
            await house.coordination.redis.delete(key)
    assert (await phone.post("/receipts", {"receipt": receipt})).status == 429


async def test_who_gets_it_right_is_not_slowed(phone: Phone, entry: EntryCode) -> None:
    receipt = (await phone.file(entry.code)).body["receipt"]
    assert [(await phone.post("/receipts", {"receipt": receipt})).status for _ in range(12)] == [201] * 12


async def test_no_address_is_kept_in_the_counters(phone: Phone, house: House) -> None:
    await phone.post("/receipts", {"receipt": WRONG})
    keys = b" ".join(await house.coordination.redis.keys("tries:*:*"))
    assert keys and b"127.0.0.1" not in keys and WRONG[:8].encode() not in keys
    for key in await house.coordination.redis.keys("tries:*:*"):
        assert 0 < await house.coordination.redis.ttl(key) <= tries.WHILE_SECONDS


async def test_opening_by_receipt_is_in_the_log(phone: Phone, entry: EntryCode) -> None:
    receipt = (await phone.file(entry.code)).body["receipt"]
    await phone.post("/receipts", {"receipt": receipt})
    (event,) = await Event.filter(action="report.open_by_receipt")
    assert event.actor == "reporter" and receipt not in str(event.data)


async def test_cutting_the_link_leaves_the_reports_and_says_so(
    phone: Phone, entry: EntryCode, standin: StandIn, house: House, photo: bytes
) -> None:
    person = standin.add_person("villager")
    mine = await Phone(phone.client).sign_in(standin.mini_login(person.openid))
    also_mine = await Phone(phone.client).sign_in(standin.mini_login(person.openid))
    sent = (await mine.upload(photo)).body["id"]
    await mine.upload(photo)
    anonymous = (await mine.file(entry.code, attachments=[sent])).body
    named = {"mode": "named", "name": "张三", "phone": "13812345678"}
    await mine.file(entry.code, identity=named)
    others = (await phone.file(entry.code)).body
    held = (await mine.get("/me")).body
    assert (held["reports"], held["named_reports"], held["unfiled_attachments"]) == (2, 1, 1)
    session = await ApiSession.filter(role="reporter").first()
    assert session is not None

    cut = await mine.ask("DELETE", "/me")
    assert cut.status == 200 and cut.body["cut_reports"] == 2
    assert cut.body["message"].startswith("已经断开微信与 2 件")
    assert any("姓名" in sentence for sentence in cut.body["stays"])
    assert (await mine.get("/reports")).status == (await also_mine.get("/reports")).status == 401
    assert await reports_of(session.person_index) == []
    report = await Report.get(number=anonymous["number"])
    key = house.vault.key(report.data_key, place=f"report:{report.id}:key")
    kept = key.open_json(bytes(report.sealed_reporter or b""), place=f"report:{report.id}:reporter")
    assert kept == {"openid": None, "conversation": None}
    assert await Attachment.all().count() == 1
    for row in [*await Attachment.all(), *await Report.filter(number__not=others["number"])]:
        assert session.person_index not in repr(dict(row))

    again = await Phone(phone.client).sign_in(standin.mini_login(person.openid))
    assert (await again.get("/reports")).body["items"] == []
    assert (await phone.post("/receipts", {"receipt": anonymous["receipt"]})).status == 201
    assert (await phone.get(f"/reports/{others['number']}")).status == 200


async def test_an_openid_lies_nowhere_readable(phone: Phone, standin: StandIn) -> None:
    person = standin.add_person("villager")
    await Phone(phone.client).sign_in(standin.mini_login(person.openid))
    for session in await ApiSession.all():
        row = repr(
            {
                name: bytes(value) if isinstance(value, memoryview) else value
                for name, value in dict(session).items()
            }
        )
        assert person.openid not in row and phone.token not in row


@pytest.mark.parametrize("kind", ["status", "reset", "errcode"])
async def test_wechat_gone_says_so(phone: Phone, standin: StandIn, kind: str) -> None:
    standin.faults.add(Fault(path="*", kind=kind, times=None))  # type: ignore[arg-type]
    answer = await Phone(phone.client).post("/sessions", {"js_code": "0abc"})
    assert (answer.status, answer.body["type"]) == (503, "login-unavailable")


async def test_a_repeated_sign_in_with_its_key_spends_the_code_once(phone: Phone, standin: StandIn) -> None:
    body = {"js_code": standin.mini_login(standin.add_person("villager").openid)}
    key = str(uuid.uuid4())
    first, again = [await Phone(phone.client).post("/sessions", body, key=key) for _ in range(2)]
    assert first.status == 201 and first.raw == again.raw
    assert (await Phone(phone.client).post("/sessions", {}, key=key)).status == 422


async def test_a_key_that_could_be_guessed_opens_nobody_elses_session(phone: Phone) -> None:
    first, other = [await Phone(phone.client).post("/sessions", {}, key="1") for _ in range(2)]
    assert first.body["token"] != other.body["token"]
