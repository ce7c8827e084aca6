"""Tokens are short-lived, renewed by whoever holds one, ended by them; and the telephone is only shown."""

import uuid
from collections.abc import Callable

from miniapp_api.sessions import LONGEST
from models.api_session import ApiSession
from models.attachment import Attachment
from models.entry_code import EntryCode
from models.report import Report
from tests.miniapp_api.conftest import Phone
from wechat_standin import StandIn

HOUR = 3600


async def test_a_renewed_session_is_the_same_person(
    phone: Phone, entry: EntryCode, at: Callable[[float], None]
) -> None:
    number = (await phone.file(entry.code)).body["number"]
    at(11 * HOUR)
    renewed = await phone.post("/sessions/renewal")
    assert renewed.status == 201 and renewed.body["role"] == "anonymous"
    at(20 * HOUR)
    assert (await phone.get("/reports")).status == 401
    fresh = Phone(phone.client, token=renewed.body["token"])
    assert (await fresh.get(f"/reports/{number}")).status == 200


async def test_a_lost_answer_is_asked_for_again_and_then_the_old_token_is_worth_nothing(
    phone: Phone, at: Callable[[float], None]
) -> None:
    key = str(uuid.uuid4())
    first, again = [await phone.post("/sessions/renewal", key=key) for _ in range(2)]
    assert first.status == 201 and first.raw == again.raw
    at(180)
    assert (await phone.get("/me")).status == 401
    assert (await Phone(phone.client, token=first.body["token"]).get("/me")).status == 200


async def test_renewing_does_not_go_on_for_ever(phone: Phone, at: Callable[[float], None]) -> None:
    longest = LONGEST["anonymous"].total_seconds()
    passed, reader = 0.0, phone
    while passed + 11 * HOUR < longest:
        passed += 11 * HOUR
        at(passed)
        renewed = await reader.post("/sessions/renewal")
        assert renewed.status == 201
        reader = Phone(phone.client, token=renewed.body["token"])
    assert 0 < renewed.body["expires_in"] <= longest - passed
    at(longest + 60)
    assert (await reader.post("/sessions/renewal")).status == 401


async def test_renewing_gives_no_new_limit(phone: Phone, entry: EntryCode) -> None:
    await phone.file(entry.code)
    spent = await ApiSession.all().first()
    assert spent is not None
    await ApiSession.filter(id=spent.id).update(day_reports=20)
    renewed = await phone.post("/sessions/renewal")
    fresh = Phone(phone.client, token=renewed.body["token"])
    assert (await fresh.file(entry.code)).status == 429


async def test_who_leaves_is_gone_and_their_unfiled_photos_with_them(
    phone: Phone, entry: EntryCode, photo: bytes
) -> None:
    filed = (await phone.file(entry.code)).body
    await phone.upload(photo)
    ended = await phone.ask("DELETE", "/sessions")
    assert ended.status == 200
    assert (await phone.get("/reports")).status == 401
    assert await Attachment.all().count() == 0
    opened = await Phone(phone.client).post("/receipts", {"receipt": filed["receipt"]})
    assert opened.status == 201


async def test_leaving_on_one_phone_leaves_the_other_signed_in(phone: Phone, standin: StandIn) -> None:
    person = standin.add_person("villager")
    one, other = [await Phone(phone.client).sign_in(standin.mini_login(person.openid)) for _ in range(2)]
    await one.ask("DELETE", "/sessions")
    assert (await one.get("/me")).status == 401 and (await other.get("/me")).status == 200
    assert await ApiSession.filter(sealed_openid__isnull=True, role="reporter").count() == 1


async def test_the_telephone_is_shown_to_its_owner_once_and_kept_nowhere(
    phone: Phone, standin: StandIn
) -> None:
    person = standin.add_person("villager")
    mine = await Phone(phone.client).sign_in(standin.mini_login(person.openid))
    code = standin.phone_code(person.openid, phone="+8613812345678")
    shown = await mine.post("/telephones", {"code": code})
    assert (shown.status, shown.body) == (201, {"phone": "13812345678"})
    used = await mine.post("/telephones", {"code": code})
    assert (used.status, used.body["type"]) == (422, "login-code-refused")
    assert (await phone.post("/telephones", {"code": code})).status == 403
    assert await Report.all().count() == 0
