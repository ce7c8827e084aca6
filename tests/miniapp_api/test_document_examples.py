"""Every example in the document does what it shows."""

from collections.abc import Awaitable, Callable
from typing import Any
from unittest.mock import AsyncMock

import pytest

from casework.ask import ask as ask_reporter
from dossier import records, tasks
from dossier.rows import report_key
from intake import attachments, submit
from miniapp_api import liaisons
from miniapp_api.examples import (
    ATTACHMENT,
    BIND_CODE,
    BODIES,
    ENTRY,
    NUMBER,
    PHONE_CODE,
    QUESTION,
    RECEIPT,
    SURVEY,
    TASK,
    VOICE,
)
from miniapp_api.operations import OPERATIONS
from miniapp_api.texts import EXAMPLE_OPTION
from models.choices import Purpose, Status
from models.entry_code import EntryCode
from models.liaison import Liaison
from models.report import Report
from models.staff import Staff
from models.survey import Survey
from organisation.credentials import account_index, bind_code_index
from organisation.house import House
from organisation.receipts import normalise
from tests.casework.conftest import viewer
from tests.factories import EAST_VILLAGE, NOW
from tests.miniapp_api.conftest import Phone
from tests.miniapp_api.documented import the_document
from wechat_standin import StandIn, samples

SignIn = Callable[[], Awaitable[Phone]]
# what has to have happened to the report before, by the handler's name
BEFORE: dict[str, dict[str, Any]] = {
    "rate_report": {"status": Status.FED_BACK, "rated_at": None},
    "take_back": {"status": Status.RECEIVED},
}
# what ends sessions and links comes last
ORDER = {"get": 0, "post": 1, "delete": 2}


@pytest.fixture
async def caller(
    phone: Phone, standin: StandIn, photo: bytes, monkeypatch: pytest.MonkeyPatch, house: House
) -> SignIn:
    """Somebody signed in by WeChat whose report, code, photo and receipt are those of the examples."""
    await EntryCode.create(
        code=ENTRY, purpose=Purpose.REPORT, area_id="education", region_id=EAST_VILLAGE, issued_at=NOW
    )
    question = {"options": [], "is_required": True}
    await Survey.create(
        code=SURVEY,
        region_id=EAST_VILLAGE,
        title="村务公开满意度",
        questions=[
            {"key": "q1", "kind": "single", "label": "满意吗？"}
            | question
            | {"options": [EXAMPLE_OPTION, "不满意"]},
            {"key": "q2", "kind": "scale", "label": "打几分？"} | question,
        ],
        made_at=NOW,
    )
    person = standin.add_person("villager")
    mine = await Phone(phone.client).sign_in(standin.mini_login(person.openid))
    with monkeypatch.context() as fixed:
        fixed.setattr(attachments, "new_id", lambda: ATTACHMENT)
        fixed.setattr(submit, "make_number", lambda: NUMBER)
        fixed.setattr(submit, "make_receipt", lambda: normalise(RECEIPT))
        await mine.upload(photo)
        fixed.setattr(attachments, "new_id", lambda: VOICE)
        await mine.upload(samples.voice(seconds=1))
        assert (await mine.file(ENTRY)).body["number"] == NUMBER
    report = await Report.get(number=NUMBER)
    chief = await Liaison.get(phone="13900000001")
    vault = house.vault
    # a link is signed, and ends within the hour
    monkeypatch.setattr(liaisons, "liaison_behind", AsyncMock(return_value=chief))
    monkeypatch.setattr(liaisons, "openid_of_liaison", lambda _liaison, house: "o-chief")
    await Liaison.filter(id=chief.id).update(
        mini_index=account_index(person.mini_openid, vault=vault),
        bind_code_index=bind_code_index(BIND_CODE, vault=vault),
    )
    asking = await Staff.get(username="t-east-a")
    with monkeypatch.context() as fixed:
        fixed.setattr(tasks, "new_id", lambda: TASK)
        await tasks.keep_task(
            report,
            key=report_key(report, house=house),
            liaison_id=chief.id,
            text="看看村口的路灯",
            by_id=asking.id,
            at=NOW,
        )
    with monkeypatch.context() as fixed:
        fixed.setattr(records, "new_id", lambda: QUESTION)
        await ask_reporter(NUMBER, text="满意吗？", by=await viewer(house, "t-east-a"), house=house)
    codes = standin.logins._phone
    codes[PHONE_CODE] = codes[standin.phone_code(person.openid, phone="+8613812345678")]

    async def again() -> Phone:
        return await Phone(phone.client).sign_in(standin.mini_login(person.openid))

    return again


def test_every_body_has_an_example() -> None:
    assert set(BODIES) == {told.handler.__name__ for told in OPERATIONS if told.body}


async def test_every_example_is_answered_as_shown(caller: SignIn, photo: bytes) -> None:
    asked = [
        (method, path, told)
        for path, methods in the_document()["paths"].items()
        for method, told in methods.items()
    ]
    for method, path, told in sorted(asked, key=lambda one: ORDER[one[0]]):
        await Report.filter(number=NUMBER).update(**BEFORE.get(told["operationId"], {}))
        answer = await ask(await caller(), method, path, told, photo)
        success = next(status for status in told["responses"] if int(status) < 400)
        # `ask` holds the answer's shape against the document
        assert answer.status == int(success), (told["operationId"], answer.body)


async def ask(caller: Phone, method: str, path: str, told: dict[str, Any], photo: bytes) -> Any:
    for part in told["parameters"]:
        if part["in"] == "path":
            path = path.replace(f"{{{part['name']}}}", part["example"])
    speaker = caller if told["security"] else Phone(caller.client)
    content = told.get("requestBody", {}).get("content", {})
    if "multipart/form-data" in content:
        return await speaker.upload(photo)
    given = {"json": content["application/json"]["example"]} if content else {}
    return await speaker.ask(method.upper(), path, **given)
