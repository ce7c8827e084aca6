"""The way of a report through the API: filed, found, added to, taken back; and what others see of it: nothing."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from dossier.rows import keep_message
from models.api_session import ApiSession
from models.attachment import Attachment
from models.choices import Speaker, Status
from models.entry_code import EntryCode
from models.event import Event
from models.idempotency import IdempotencyKey
from models.report import Report
from organisation.house import House
from organisation.receipts import is_valid
from tests.factories import make_entry
from tests.miniapp_api.conftest import Phone
from wechat_standin import StandIn

Another = Callable[[], Awaitable[Phone]]


async def test_a_report_is_filed_and_reads_back(phone: Phone, entry: EntryCode, photo: bytes) -> None:
    sent = await phone.upload(photo)
    assert sent.status == 201, sent.body
    filed = await phone.file(entry.code, attachments=[sent.body["id"]])
    assert filed.status == 201, filed.body
    assert set(filed.body) == {"number", "receipt", "status"}
    assert filed.body["status"] == "received" and is_valid(filed.body["receipt"])
    opened = (await phone.get(f"/reports/{filed.body['number']}")).body
    assert opened["region"]["path"] == ["云岭市", "青川区", "东河镇", "柳树村"]
    assert opened["area"] == {"code": "education", "name": "教育"}
    assert set(opened["may"]) == {"messages", "recusal-requests", "protection-requests", "withdrawal"}
    (said,) = opened["messages"]
    assert (said["from"], said["text"], said["attachments"]) == ("me", "路坏了", [sent.body["id"]])
    listed = (await phone.get("/reports")).body
    assert [item["number"] for item in listed["items"]] == [filed.body["number"]]


async def test_the_photo_comes_back_without_what_it_told(
    phone: Phone, entry: EntryCode, photo: bytes
) -> None:
    sent = (await phone.upload(photo)).body["id"]
    await phone.file(entry.code, attachments=[sent])
    shown = await phone.get(f"/attachments/{sent}")
    assert shown.headers["Content-Type"] == "image/jpeg" and shown.raw[:2] == b"\xff\xd8"
    assert b"SECRET" not in shown.raw and b"Exif" not in shown.raw
    assert "sandbox" in shown.headers["Content-Security-Policy"]


async def test_others_find_nothing_of_it(
    phone: Phone, another: Another, entry: EntryCode, photo: bytes
) -> None:
    sent, unfiled = [(await phone.upload(photo)).body["id"] for _ in range(2)]
    number = (await phone.file(entry.code, attachments=[sent])).body["number"]
    other = await another()
    absent = await other.get("/reports/ABCDEFGHJK")
    for path in (f"/reports/{number}", f"/attachments/{sent}", f"/attachments/{unfiled}"):
        assert (await other.get(path)).status == 404
    assert (await other.get(f"/reports/{number}")).body == absent.body
    for path in ("messages", "withdrawal"):
        assert (await other.post(f"/reports/{number}/{path}", {"text": "x"})).status == 404
    assert (await other.get("/reports")).body == {"items": [], "next_cursor": None}
    assert (await other.file(entry.code, attachments=[unfiled])).body["type"] == "attachment-unknown"


@pytest.mark.parametrize("path", ["/reports/{}", "/attachments/{}"])
async def test_what_is_longer_than_any_is_not_there(phone: Phone, path: str) -> None:
    absent, long = await phone.get(path.format("ABCDEFGHJK")), await phone.get(path.format("A" * 60))
    assert (long.status, long.body) == (404, absent.body)
    assert (await phone.get(f"/reports?cursor={'A' * 60}")).body == {"items": [], "next_cursor": None}


@pytest.mark.parametrize("token", ["", "nonsense", "ü"])
async def test_without_a_good_token_nothing_opens(phone: Phone, entry: EntryCode, token: str) -> None:
    number = (await phone.file(entry.code)).body["number"]
    stranger = Phone(phone.client, more={"Authorization": f"Bearer {token}"} if token else {})
    answer = await stranger.get(f"/reports/{number}")
    assert answer.status == 401 and answer.body["type"] == "session-unknown"
    assert answer.headers["WWW-Authenticate"] == "Bearer"


async def test_a_session_ends(phone: Phone, at: Callable[[float], None]) -> None:
    at(13 * 3600)
    assert (await phone.get("/reports")).status == 401


async def test_the_same_wechat_person_finds_their_reports_on_another_phone(
    phone: Phone, entry: EntryCode, standin: StandIn
) -> None:
    person = standin.add_person("villager")
    first = await Phone(phone.client).sign_in(standin.mini_login(person.openid))
    number = (await first.file(entry.code)).body["number"]
    second = await Phone(phone.client).sign_in(standin.mini_login(person.openid))
    assert (await second.get(f"/reports/{number}")).status == 200
    code = standin.mini_login(person.openid)
    await Phone(phone.client).sign_in(code)
    used = await Phone(phone.client).post("/sessions", {"js_code": code})
    assert (used.status, used.body["type"]) == (422, "login-code-refused")


async def test_a_named_report_needs_name_and_telephone(phone: Phone, entry: EntryCode) -> None:
    wrong = await phone.file(entry.code, identity={"mode": "named", "name": " "})
    assert wrong.status == 422 and wrong.body["type"] == "validation"
    assert {error["field"] for error in wrong.body["errors"]} == {"identity.name", "identity.phone"}
    named = await phone.file(entry.code, identity={"mode": "named", "name": "张三", "phone": "13812345678"})
    assert named.status == 201
    assert (await Report.get(number=named.body["number"])).is_named


async def test_what_an_anonymous_reporter_left_in_the_fields_is_not_kept(
    phone: Phone, entry: EntryCode
) -> None:
    fields = {"mode": "anonymous", "name": "张三", "phone": "13812345678"}
    number = (await phone.file(entry.code, identity=fields)).body["number"]
    report = await Report.get(number=number)
    assert (report.is_named, report.sealed_identity, report.name_index) == (False, None, None)


async def test_about_the_citys_head_nothing_is_stored(phone: Phone, entry: EntryCode, photo: bytes) -> None:
    sent = (await phone.upload(photo)).body["id"]
    subject = {"name": "冯l", "post": "书记", "unit": "云岭市纪委监委"}
    answer = await phone.file(entry.code, level="discipline", subject=subject, attachments=[sent])
    assert (answer.status, answer.body["type"]) == (422, "outside-jurisdiction")
    assert "12388" in answer.body["title"]
    assert await Report.all().count() == 0
    assert await Attachment.all().count() == 0


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"entry": "ABCDEFGHJKMN"}, "entry"),
        ({"level": "king"}, "level"),
        ({"level": None}, "level"),
        ({"text": "x" * 5001}, "text"),
        ({"text": 5}, "text"),
        ({"identity": {"mode": "maybe"}}, "identity.mode"),
        ({"occurred_on": "2999-01-01"}, "occurred_on"),
        ({"occurred_on": "yesterday"}, "occurred_on"),
        ({"location": {"latitude": 91, "longitude": 0}}, "location.latitude"),
        ({"attachments": ["x"]}, "attachments.0"),
        ({"avoid": ["everybody"]}, "avoid.0"),
        ({"disclosure": "no-such\u0000"}, "disclosure"),
        ({"appeal_of": "漢"}, "appeal_of"),
    ],
)
async def test_a_wrong_field_is_named_in_chinese(
    phone: Phone, entry: EntryCode, fields: dict[str, Any], field: str
) -> None:
    answer = await phone.file(**({"entry": entry.code} | fields))
    assert answer.status == 422 and answer.headers["Content-Type"] == "application/problem+json"
    assert [error["field"] for error in answer.body["errors"]] == [field]
    assert all(
        ord(error["message"][0]) > 0x2E80 for error in answer.body["errors"] if error["message"][0] != "I"
    )


async def test_unknown_fields_are_passed_over(phone: Phone, entry: EntryCode) -> None:
    assert (await phone.file(entry.code, colour="red")).status == 201


async def test_nothing_said_is_no_report(phone: Phone, entry: EntryCode) -> None:
    answer = await phone.file(entry.code, text="  \n ")
    assert (answer.status, answer.body["type"]) == (422, "draft-empty")


async def test_more_is_said_and_the_answer_is_read(phone: Phone, entry: EntryCode, house: House) -> None:
    number = (await phone.file(entry.code)).body["number"]
    added = await phone.post(f"/reports/{number}/messages", {"text": "桥也坏了"})
    assert added.status == 201
    report = await Report.get(number=number)
    key = house.vault.key(report.data_key, place=f"report:{report.id}:key")
    await keep_message(report, key=key, text="已安排修", speaker=Speaker.STAFF, at=house.clock.now())
    opened = (await phone.get(f"/reports/{number}")).body
    assert [(said["from"], said["text"]) for said in opened["messages"]] == [
        ("me", "路坏了"),
        ("me", "桥也坏了"),
        ("staff", "已安排修"),
    ]


async def test_a_report_is_taken_back_once_and_only_while_it_is_open(phone: Phone, entry: EntryCode) -> None:
    number = (await phone.file(entry.code)).body["number"]
    taken = await phone.post(f"/reports/{number}/withdrawal")
    assert taken.status == 201 and "withdrawal" not in taken.body["may"]
    assert (await phone.post(f"/reports/{number}/withdrawal")).status == 409
    assert await Event.filter(action="report.withdraw").count() == 1
    other = (await phone.file(entry.code)).body["number"]
    await Report.filter(number=other).update(status=Status.CONCLUDED)
    assert (await phone.post(f"/reports/{other}/withdrawal")).status == 409


async def test_a_list_is_read_page_by_page(phone: Phone, entry: EntryCode) -> None:
    numbers = []
    for _ in range(5):
        numbers.append((await phone.file(entry.code)).body["number"])
        await asyncio.sleep(0.005)
    seen, cursor = [], ""
    while cursor is not None:
        page = (await phone.get("/reports", params={"limit": "2", "cursor": cursor})).body
        seen += [item["number"] for item in page["items"]]
        cursor = page["next_cursor"]
    assert seen == numbers[::-1]


async def test_the_same_key_gives_the_same_answer_and_one_report(phone: Phone, entry: EntryCode) -> None:
    key = str(uuid.uuid4())
    first, again = [await phone.file(entry.code, key=key) for _ in range(2)]
    assert (first.status, first.body) == (again.status, again.body)
    other = await phone.file(entry.code, key=key, text="anders")
    assert (other.status, other.body["type"]) == (422, "idempotency-key-reused")
    assert await Report.all().count() == 1


async def test_two_at_once_have_one_effect(phone: Phone, entry: EntryCode) -> None:
    answers = await asyncio.gather(*(phone.file(entry.code, key="k-1") for _ in range(6)))
    assert {answer.status for answer in answers} == {201}
    assert len({answer.raw for answer in answers}) == 1
    assert await Report.all().count() == 1


async def test_a_key_is_one_persons_own(phone: Phone, another: Another, entry: EntryCode) -> None:
    mine, theirs = await phone.file(entry.code, key="k"), await (await another()).file(entry.code, key="k")
    assert mine.body["number"] != theirs.body["number"]


async def test_a_refused_try_leaves_the_key_free(phone: Phone, entry: EntryCode) -> None:
    assert (await phone.file(entry.code, key="k", text="")).status == 422
    assert (await phone.file(entry.code, key="k")).status == 201


async def test_the_kept_answer_cannot_be_read_by_who_holds_the_keys(
    phone: Phone, entry: EntryCode, house: House
) -> None:
    receipt = (await phone.file(entry.code, key="k")).body["receipt"]
    (kept,) = await IdempotencyKey.all()
    assert receipt.encode() not in bytes(kept.sealed_answer)
    with pytest.raises(Exception):  # noqa: B017
        house.vault.open(bytes(kept.sealed_answer), place=f"idempotency_key:{kept.key}:answer")


async def test_uploads_are_idempotent_too(phone: Phone, photo: bytes, tmp_path: Any) -> None:
    answers = await asyncio.gather(*(phone.upload(photo, key="k") for _ in range(3)))
    assert len({answer.raw for answer in answers}) == 1
    assert await Attachment.all().count() == 1
    assert sum(path.is_file() for path in (tmp_path / "media").rglob("*")) == 1


async def test_twenty_reports_a_day_are_enough(
    phone: Phone, entry: EntryCode, at: Callable[[float], None]
) -> None:
    await ApiSession.all().update(day=_today(), day_reports=19)
    assert (await phone.file(entry.code)).status == 201
    refused = await phone.file(entry.code)
    assert refused.status == 429 and int(refused.headers["Retry-After"]) > 0
    assert await Report.all().count() == 1


async def test_sixty_messages_a_minute_are_enough(phone: Phone, entry: EntryCode) -> None:
    number = (await phone.file(entry.code)).body["number"]
    statuses = [(await phone.post(f"/reports/{number}/messages", {"text": "x"})).status for _ in range(70)]
    assert statuses[:59] == [201] * 59 and 429 in statuses


async def test_a_second_session_does_not_double_the_limit(
    phone: Phone, entry: EntryCode, standin: StandIn
) -> None:
    person = standin.add_person("villager")
    first = await Phone(phone.client).sign_in(standin.mini_login(person.openid))
    await first.file(entry.code)
    await ApiSession.filter(role="reporter").update(day=_today(), day_reports=20)
    second = await Phone(phone.client).sign_in(standin.mini_login(person.openid))
    assert (await second.file(entry.code)).status == 429
    await ApiSession.filter(role="reporter").update(day=_today(), day_reports=9)
    both = await asyncio.gather(*[each.file(entry.code) for each in (first, second) for _ in range(3)])
    assert sorted(each.status for each in both) == [201, 201, 429, 429, 429, 429]


def _today() -> int:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo("Asia/Shanghai")).toordinal()


async def test_a_retired_code_files_nothing(phone: Phone) -> None:
    entry = await make_entry()
    await EntryCode.filter(code=entry.code).update(status="retired")
    assert (await phone.file(entry.code)).status == 410
    assert (await phone.get(f"/entries/{entry.code}")).status == 410


async def test_a_page_loses_nothing_of_what_was_filed_in_one_moment(phone: Phone, entry: EntryCode) -> None:
    for _ in range(4):
        await phone.file(entry.code)
    first = await Report.all().first()
    assert first is not None
    await Report.all().update(submitted_at=first.submitted_at)
    page = (await phone.get("/reports", params={"limit": "2"})).body
    rest = (await phone.get("/reports", params={"cursor": page["next_cursor"]})).body
    assert len({item["number"] for item in page["items"] + rest["items"]}) == 4
