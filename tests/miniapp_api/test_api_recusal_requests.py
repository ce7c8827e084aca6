"""A reporter asks for recusal through the API, with their session or with the receipt alone."""

from collections.abc import Awaitable, Callable

from access.reports import list_reports
from intake.asking_recusal import ask_recusal
from models.choices import Status
from models.entry_code import EntryCode
from models.message import Message
from models.recusal_request import RecusalRequest
from models.report import Report
from organisation.house import House
from tests.casework.conftest import viewer
from tests.miniapp_api.conftest import Phone

Another = Callable[[], Awaitable[Phone]]


async def sees(house: House, username: str, number: str) -> bool:
    page = await list_reports(await viewer(house, username), vault=house.vault, at=house.clock.now())
    return number in [row.number for row in page.rows]


async def test_it_is_asked_and_whoever_is_named_sees_it_no_more(
    phone: Phone, entry: EntryCode, house: House
) -> None:
    number = (await phone.file(entry.code)).body["number"]
    assert "recusal-requests" in (await phone.get(f"/reports/{number}")).body["may"]
    assert await sees(house, "t-east-a", number)
    path = f"/reports/{number}/recusal-requests"
    asked = await phone.post(path, {"text": " 赵a是他女婿 "}, key="k")
    assert asked.status == 201
    assert [said["text"] for said in asked.body["messages"]] == ["路坏了", "赵a是他女婿"]
    assert not await sees(house, "t-east-a", number) and await sees(house, "t-east-b", number)
    # the same key asks once
    assert (await phone.post(path, {"text": "赵a是他女婿"}, key="k")).raw == asked.raw
    assert await RecusalRequest.all().count() == 1


async def test_a_receipt_is_enough_and_a_strangers_session_is_not(
    phone: Phone, another: Another, entry: EntryCode, house: House
) -> None:
    filed = (await phone.file(entry.code)).body
    path = f"/reports/{filed['number']}/recusal-requests"
    assert (await (await another()).post(path, {"text": "赵a是他女婿"})).status == 404
    opened = (await phone.post("/receipts", {"receipt": filed["receipt"]})).body
    holder = Phone(phone.client, token=opened["token"])
    assert (await holder.post(path, {"text": "赵l和他是一家，换人办"})).status == 201
    moved = await Report.get(number=filed["number"])
    assert moved.owner_id == "OFFICE-1"
    # the reporter reads that it moved, neither where nor why
    shown = (await holder.get(f"/reports/{filed['number']}")).body
    assert (
        shown["status_text"].startswith("已转至有管辖权的机构") and "室" not in shown["messages"][-1]["text"]
    )


async def test_nothing_said_is_refused_and_so_is_a_matter_that_is_over(
    phone: Phone, entry: EntryCode, house: House
) -> None:
    number = (await phone.file(entry.code)).body["number"]
    for body in ({}, {"text": ""}, {"text": "   "}, {"text": "长" * 5001}):
        refused = await phone.post(f"/reports/{number}/recusal-requests", body)
        assert refused.status == 422 and refused.body["errors"][0]["field"] == "text"
    await Report.filter(number=number).update(status=Status.CLOSED)
    assert "recusal-requests" not in (await phone.get(f"/reports/{number}")).body["may"]
    refused = await phone.post(f"/reports/{number}/recusal-requests", {"text": "赵a是他女婿"})
    assert (refused.status, refused.body["type"]) == (409, "recusal-request-not-possible")
    assert not await RecusalRequest.all().exists()


async def test_what_was_asked_is_sealed(phone: Phone, entry: EntryCode, house: House) -> None:
    number = (await phone.file(entry.code)).body["number"]
    await ask_recusal(await Report.get(number=number), text="赵a是他女婿", house=house)
    assert not any("女婿".encode() in bytes(said.sealed_text) for said in await Message.all())
