"""What staff asked is shown with the report and answered there, by session or by receipt, and by nobody else."""

from casework.ask import ask
from models.entry_code import EntryCode
from models.report import Report
from organisation.house import House
from tests.casework.conftest import viewer
from tests.miniapp_api.conftest import Phone


async def test_answered_by_the_one_who_was_asked(
    phone: Phone, entry: EntryCode, house: House, another, photo: bytes
) -> None:
    filed = (await phone.file(entry.code)).body
    path = f"/reports/{filed['number']}"
    assert (await phone.get(path)).body["question"] is None
    by = await viewer(house, "t-east-a")
    await ask(filed["number"], text="哪一年的事？", options="去年\n今年", by=by, house=house)
    stranger, holder = await another(), await another()
    holder.token = (await holder.post("/receipts", {"receipt": filed["receipt"]})).body["token"]
    shown = (await holder.get(path)).body
    assert "answer" in shown["may"] and shown["question"]["options"] == ["去年", "今年"]
    assert shown["messages"][-1]["text"].startswith("哪一年的事？\n1 去年\n2 今年")
    given = {"question": shown["question"]["id"], "text": "去年"}
    assert (await stranger.post(f"{path}/answer", given)).status == 404
    assert (await holder.post(f"{path}/answer", given | {"text": " "})).status == 422
    attached = (await phone.upload(photo)).body["id"]
    answered = await phone.post(f"{path}/answer", given | {"attachments": [attached]})
    assert answered.status == 201 and answered.body["question"] is None
    assert answered.body["messages"][-1]["attachments"] == [attached]
    assert (await holder.post(f"{path}/answer", given)).body["type"] == "question-gone"
    assert (await Report.get(number=filed["number"])).question_id is None
