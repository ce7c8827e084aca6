"""Whatever the document allows or forbids is answered as it says: no 5xx, no answer it does not name."""

import asyncio
import logging
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from miniapp_api import limits
from miniapp_api.openapi import PREFIX
from models.entry_code import EntryCode
from organisation import tries
from tests.factories import EAST_VILLAGE
from tests.miniapp_api.conftest import Phone
from tests.miniapp_api.documented import the_document
from tests.properties.soaking import SOAK
from wechat_standin import StandIn

# a run of about fifteen seconds; a soak makes it minutes, and on both databases
EXAMPLES = 6 * SOAK
CHECKS = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
# they end sessions of the caller: asked afterwards
LAST = ("end", "forget_me")


@pytest.fixture(params=["sqlite", "postgres"] if SOAK > 1 else ["sqlite"])
def world_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("REPORTS_A_DAY", "MESSAGES_A_DAY", "MESSAGES_A_MINUTE"):
        monkeypatch.setattr(limits, name, 10**9)
    monkeypatch.setattr(tries, "PAUSES", (0.0,))


@pytest.mark.timeout(90 * SOAK)
async def test_no_question_gets_an_answer_the_document_does_not_name(
    phone: Phone, entry: EntryCode, standin: StandIn, photo: bytes, unlimited: None, world_name: str
) -> None:
    person = standin.add_person("villager")
    mine = await Phone(phone.client).sign_in(standin.mini_login(person.openid))
    filed = (await mine.file(entry.code)).body
    known = {
        "number": [filed["number"]],
        "id": [(await mine.upload(photo)).body["id"]],
        "code": [entry.code, EAST_VILLAGE],
        "name": [],
    }
    receipt = (await Phone(phone.client).post("/receipts", {"receipt": filed["receipt"]})).body["token"]
    tokens = [mine.token, phone.token, receipt, "nobody"]
    base = str(phone.client.make_url(PREFIX))
    logging.getLogger("hypothesis").setLevel(logging.ERROR)
    asked = await asyncio.to_thread(ask_everything, base, known=known, tokens=tokens, entry=entry.code)
    assert asked >= EXAMPLES * 8


def ask_everything(base: str, *, known: dict[str, list[str]], tokens: list[str], entry: str) -> int:
    schema = schemathesis.openapi.from_dict(the_document())
    count = 0
    found = [result.ok() for result in schema.get_all_operations()]
    for operation in sorted(found, key=lambda one: one.definition.raw["operationId"] in LAST):
        for mode in modes(operation.definition.raw):

            @settings(
                max_examples=EXAMPLES,
                deadline=None,
                database=None,
                derandomize=SOAK == 1,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            @given(case=operation.as_strategy(generation_mode=mode), data=st.data())
            def ask(case: Any, data: st.DataObject) -> None:
                nonlocal count
                count += 1
                for name in case.path_parameters or {}:
                    if known[name] and data.draw(st.booleans(), label="known"):
                        case.path_parameters[name] = data.draw(st.sampled_from(known[name]))
                if isinstance(case.body, dict) and "entry" in case.body and data.draw(st.booleans()):
                    case.body = case.body | {"entry": entry}
                case.headers["Authorization"] = f"Bearer {data.draw(st.sampled_from(tokens))}"
                case.call_and_validate(base_url=base, checks=CHECKS)

            ask()
    return count


def modes(told: dict[str, Any]) -> list[GenerationMode]:
    """Where nothing but text is taken, nothing can be asked that the document forbids."""
    can_be_wrong = "requestBody" in told or any(part["in"] == "query" for part in told["parameters"])
    return [GenerationMode.POSITIVE, *([GenerationMode.NEGATIVE] if can_be_wrong else [])]
