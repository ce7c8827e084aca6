"""What holds for every address: who may call, what it answers, and that the document says the same."""

import asyncio
import re
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openapi_spec_validator import validate

from disclosures.texts import GENERAL
from miniapp_api import errors, shapes, texts
from miniapp_api.openapi import PREFIX, document
from miniapp_api.operations import EVERYBODY, OPERATIONS, SIGNED_IN
from miniapp_api.web_client import FILES as FILES_OF_CLIENT
from miniapp_api.web_client import LATER
from models.choices import Level, Purpose, Status
from models.disclosure import Disclosure
from models.entry_code import EntryCode
from models.errors import DomainError
from tests.factories import EAST_VILLAGE
from tests.miniapp_api.conftest import Phone

PLACES = {f"/regions/{{code}}/{what}" for what in ("disclosures", "children", "rectifications")}
OPEN = {
    "/surveys/{code}",
    "/liaison/sessions",
    "/sessions",
    "/receipts",
    "/entries/{code}",
    "/areas",
    "/privacy-guide",
} | PLACES


def test_every_operation_declares_who_may_call() -> None:
    for told in OPERATIONS:
        assert told.who == EVERYBODY or told.who <= SIGNED_IN, told.path
        assert told.who
    assert {told.path for told in OPERATIONS if told.is_open} == OPEN


def test_every_address_of_the_application_is_an_operation_or_known(client: TestClient[Any, Any]) -> None:
    known = {f"{PREFIX}{told.path}" for told in OPERATIONS}
    extra = {f"{PREFIX}/openapi.json", f"{PREFIX}/{{rest}}", "/m", "/m/{name}"}
    assert {resource.canonical for resource in client.app.router.resources()} == known | extra


def test_every_creating_post_takes_a_key() -> None:
    assert all(told.creates for told in OPERATIONS if told.method == "POST")


async def test_the_document_is_openapi_3_1_and_the_one_served(client: TestClient[Any, Any]) -> None:
    served = await (await client.get("/api/v1/openapi.json")).json()
    assert served["openapi"] == "3.1.0" and served == document(OPERATIONS)
    validate(served)
    assert {(method.upper(), path) for path, methods in served["paths"].items() for method in methods} == {
        (told.method, told.path) for told in OPERATIONS
    }


def test_every_refusal_has_a_chinese_title_and_its_own_key() -> None:
    kinds = [
        kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, DomainError)
    ]
    keys = [kind.key for kind in kinds if kind is not DomainError]
    assert len(set(keys)) == len(keys)
    assert all(re.search("[一-鿿]", kind.message) for kind in kinds)


def test_every_status_has_words() -> None:
    assert set(texts.STATUS_TEXTS) == {str(status) for status in Status}
    assert set(texts.SUMMARIES) == {told.handler.__name__ for told in OPERATIONS}


async def test_closed_addresses_ask_for_a_token(client: TestClient[Any, Any]) -> None:
    for told in OPERATIONS:
        if told.is_open:
            continue
        path = re.sub(r"\{\w+\}", "ABCDEFGHJK", told.path)
        assert (await Phone(client).ask(told.method, path)).status == 401, told.path


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nothing", 404), ("GET", "/", 404), ("PUT", "/reports", 405), ("POST", "/openapi.json", 405)],
)
async def test_unknown_addresses_and_methods_are_problems_too(
    client: TestClient[Any, Any], method: str, path: str, status: int
) -> None:
    answer = await Phone(client).ask(method, path)
    assert answer.status == status == answer.body["status"]
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert status == 404 or answer.headers["Allow"]


async def test_a_wrong_choice_is_named_by_its_field_alone(phone: Phone) -> None:
    answer = await phone.get(f"/regions/{EAST_VILLAGE}/disclosures", params={"kind": "gold"})
    assert [error["field"] for error in answer.body["errors"]] == ["kind"]


async def test_an_entry_says_where_and_about_what(phone: Phone, entry: EntryCode) -> None:
    typed = f" {entry.code[:4].lower()}-{entry.code[4:8]} {entry.code[8:]}"
    told = (await phone.get(f"/entries/{typed}")).body
    assert told == {
        "code": entry.code,
        "purpose": "report",
        "area": {"code": "education", "name": "教育"},
        "region": {"code": EAST_VILLAGE, "name": "柳树村", "path": ["云岭市", "青川区", "东河镇", "柳树村"]},
        "telephone": "0990-1234567",
        "questions": list(GENERAL),
    }
    for wrong in ("ABCDEFGHJKMN", "x", "%00", "%E7%A0%81"):
        assert (await phone.get(f"/entries/{wrong}")).status == 404


async def test_areas_and_disclosures_are_open_to_everybody(client: TestClient[Any, Any]) -> None:
    stranger = Phone(client)
    assert [area["code"] for area in (await stranger.get("/areas")).body["items"]] == [
        "education",
        "forestry",
    ]
    people = [{"name": "王小明", "amount": 500}]
    await Disclosure.create(
        code="f", kind="fund", area_id="education", region_id=EAST_VILLAGE, title="t", beneficiaries=people
    )
    answer = await stranger.get(
        f"/regions/{EAST_VILLAGE}/disclosures", params={"area": "education", "kind": "fund"}
    )
    (item,) = answer.body["items"]
    assert set(item) == {"code", "kind", "title", "amount", "date", "text", "beneficiaries", "area", "region"}
    assert item["beneficiaries"] == [{"name": "王*明", "amount": "500"}]
    assert (await stranger.get("/regions/1/disclosures")).status == 404
    for query in ({"kind": "gold"}, {"limit": "0"}, {"limit": "x"}, {"cursor": "!!"}, {"area": "\0"}):
        assert (await stranger.get(f"/regions/{EAST_VILLAGE}/disclosures", params=query)).status in (400, 422)


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"\xff", "application/json", 400),
        (b"[]", "application/json", 422),
        (b"{}", "text/plain", 415),
        (b'{"text": "' + b"x" * 70_000 + b'"}', "application/json", 413),
        (b'{"receipt": "\\ud800"}', "application/json", 400),
        (b"[" * 50_000, "application/json", 400),
    ],
)
async def test_bad_json_is_a_clear_refusal(phone: Phone, content: bytes, kind: str, status: int) -> None:
    answer = await phone.ask("POST", "/receipts", data=content, headers={"Content-Type": kind})
    assert answer.status == status, answer.body


MULTIPART = "multipart/form-data; boundary=b"


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"", MULTIPART, 400),
        (b"nonsense", MULTIPART, 400),
        (b"--b\r\nContent-Disposition form-data\r\n\r\nx\r\n--b--\r\n", MULTIPART, 400),
        (b'--b\r\nContent-Disposition: form-data; name="file"\r\n\r\n\xff\xd8\xff', MULTIPART, 400),
        (b'--b\r\nContent-Disposition: form-data; name="other"\r\n\r\nx\r\n--b--\r\n', MULTIPART, 422),
        (b'--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nhello\r\n--b--\r\n', MULTIPART, 422),
        (b"x", "multipart/form-data", 400),
        (b"x", "image/jpeg", 415),
        (
            b'--b\r\nContent-Disposition: form-data; name="file"\r\n'
            b"Content-Transfer-Encoding: bogus\r\n\r\nx\r\n--b--\r\n",
            MULTIPART,
            422,
        ),
    ],
)
async def test_a_bad_upload_is_a_clear_refusal(phone: Phone, content: bytes, kind: str, status: int) -> None:
    answer = await phone.ask("POST", "/attachments", data=content, headers={"Content-Type": kind})
    assert answer.status == status, answer.body


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.binary(max_size=60), at=st.integers(0, 120))
async def test_no_multipart_however_broken_is_a_500(phone: Phone, cut: bytes, at: int) -> None:
    whole = b'--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\nabc\r\n--b--\r\n'
    answer = await phone.ask(
        "POST", "/attachments", data=whole[:at] + cut + whole[at:], headers={"Content-Type": MULTIPART}
    )
    assert 400 <= answer.status < 500


async def test_eleven_megabytes_are_too_many(phone: Phone) -> None:
    try:
        answer = await phone.upload(b"\xff\xd8\xff" + b"0" * 11 * 1024 * 1024)
    except aiohttp.ClientError:
        return  # cut off while still sending
    assert answer.status == 413


async def test_the_web_client_is_small_strict_and_whole(client: TestClient[Any, Any]) -> None:
    total = 0
    for name in FILES_OF_CLIENT:
        answer = await client.get(f"/m/{name}")
        body = await answer.read()
        total += 0 if name in LATER else len(body)
        policy = answer.headers["Content-Security-Policy"]
        assert answer.status == 200 and "unsafe" not in policy and "default-src 'none'" in policy
        assert b"http://" not in body.replace(b"http://www.w3.org/2000/svg", b"") and b"https://" not in body
    assert total < 50_000
    page = await (await client.get("/m/?entry=x")).text()
    for level in Level:
        assert f'value="{level}"' in page and level.label in page
    assert not re.search(r"\son\w+=|style=", page)
    assert (await client.get("/m/nothing.js")).status == 404
    moved = await client.get("/m?entry=ABC", allow_redirects=False)
    assert moved.headers["Location"] == "/m/?entry=ABC"


def test_purposes_have_words_in_the_web_client() -> None:
    from miniapp_api.web_client import FOLDER

    words = (FOLDER / "texts.js").read_text()
    assert all(purpose.value in words for purpose in Purpose)


async def test_two_people_at_once_do_not_meet(
    phone: Phone, client: TestClient[Any, Any], entry: EntryCode
) -> None:
    people = [await Phone(client).sign_in() for _ in range(5)]
    filed = await asyncio.gather(*(person.file(entry.code) for person in people))
    for person, answer in zip(people, filed, strict=True):
        items = (await person.get("/reports")).body["items"]
        assert [item["number"] for item in items] == [answer.body["number"]]


def test_answers_are_built_from_what_the_document_shows() -> None:
    assert set(shapes.OpenedReport.model_fields) >= {
        "number",
        "status",
        "status_text",
        "messages",
        "rating",
        "may",
    }
