"""A report is opened by one question to the database, and is what it was when something was added to it."""

import pytest

from models.entry_code import EntryCode
from tests.miniapp_api.conftest import Phone
from tests.trips import noted_trips


@pytest.fixture
def trips(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    return noted_trips(monkeypatch)


async def test_one_question_opens_it_with_all_that_was_said_and_sent(
    phone: Phone, entry: EntryCode, photo: bytes, trips: list[str]
) -> None:
    sent = [(await phone.upload(photo)).body["id"] for _ in range(5)]
    number = (await phone.file(entry.code, attachments=sent[:3])).body["number"]
    await phone.post(f"/reports/{number}/messages", {"text": "没有照片"})
    added = await phone.post(f"/reports/{number}/messages", {"text": "又拍了两张", "attachments": sent[3:]})
    trips.clear()
    opened = await phone.get(f"/reports/{number}")
    assert trips == ["trip"]
    assert opened.body == added.body
    assert [len(said["attachments"]) for said in opened.body["messages"]] == [3, 0, 2]
    assert opened.body["messages"][2]["attachments"] == sent[3:]
