"""The reporter rates through the API, once, and only what was fed back."""

from models.choices import Status
from models.entry_code import EntryCode
from models.report import Report
from organisation.house import House
from tests.casework.living import brought_to
from tests.miniapp_api.conftest import Phone


async def test_what_was_fed_back_is_rated_once(phone: Phone, entry: EntryCode, house: House) -> None:
    number = (await phone.file(entry.code)).body["number"]
    path = f"/reports/{number}/rating"
    assert (await phone.post(path, {"result": "solved"})).body["type"] == "rating-not-possible"
    await brought_to("feedback", await Report.get(number=number), house=house)
    assert "rating" in (await phone.get(f"/reports/{number}")).body["may"]
    for wrong in ({}, {"result": "good"}, {"result": "solved", "text": "字" * 501}):
        assert (await phone.post(path, wrong)).status == 422
    rated = await phone.post(path, {"result": "unsolved", "text": "还是没修"}, key="k")
    assert (rated.status, rated.body["rating"], rated.body["status"]) == (201, "unsolved", "accepted")
    assert rated.body["messages"][-1]["text"] == "评价：未解决。还是没修"
    assert (await phone.post(path, {"result": "unsolved", "text": "还是没修"}, key="k")).raw == rated.raw
    assert (await phone.post(path, {"result": "solved"})).status == 409
    assert (await Report.get(number=number)).unsolved_count == 1


async def test_a_receipt_is_enough_and_a_stranger_finds_nothing(
    phone: Phone, entry: EntryCode, house: House, another
) -> None:
    filed = (await phone.file(entry.code)).body
    report = await brought_to("feedback", await Report.get(number=filed["number"]), house=house)
    path = f"/reports/{filed['number']}/rating"
    stranger, holder = await another(), await another()
    assert (await stranger.post(path, {"result": "solved"})).status == 404
    holder.token = (await holder.post("/receipts", {"receipt": filed["receipt"]})).body["token"]
    assert (await holder.post(path, {"result": "solved"})).status == 201
    report = await Report.get(id=report.id)
    assert (report.status, report.rating) == (Status.FED_BACK, "solved")
