"""Liaisons: asked in the handler's words, answering once, finding things themselves; never a word of a report."""

from typing import Any

import pytest

from access.reports import ReportNotFound, find_report
from casework.assist import assist, assisting_options
from casework.careful import TextBetrays
from casework.errors import FieldWrong, TransitionNotAllowed
from casework.recuse import recuse
from console.reading import read_report
from dossier.bars import bars_of
from dossier.rows import report_key
from models.attachment import Attachment
from models.event import Event
from models.liaison import Liaison
from models.liaison_task import LiaisonTask
from models.message import Message
from models.outbox import OutboxNotice
from models.report import Report
from models.staff import Staff
from organisation.credentials import bind_code_index
from organisation.house import House
from tests.casework.conftest import viewer
from tests.miniapp_api.conftest import Phone
from wechat_standin import StandIn

SAID = "村里的低保名额给了支书的亲戚"
ASKED = "请看看村口的路灯亮不亮，拍张照片"


@pytest.fixture
async def report(phone: Phone, entry: Any) -> Report:
    filed = await phone.file(entry.code, text=SAID, level="village")
    return await Report.get(number=filed.body["number"])


@pytest.fixture
async def liaison(phone: Phone, standin: StandIn, house: House) -> Phone:
    """The chief of the village, bound with a code."""
    code = bind_code_index("ABCD2345", vault=house.vault)
    await Liaison.filter(phone="13900000001").update(bind_code_index=code)
    return await bound(phone, standin, "13900000001")


async def bound(phone: Phone, standin: StandIn, number: str, code: str = "abcd2345") -> Phone:
    person = standin.add_person()
    theirs = await Phone(phone.client).sign_in(standin.mini_login(person.openid))
    assert (await theirs.get("/liaison/tasks")).status == 403
    wrong = await theirs.post("/liaison/binding", {"phone": number, "bind_code": "wrong"})
    assert wrong.body["type"].endswith("binding-refused")
    answer = await theirs.post("/liaison/binding", {"phone": number, "bind_code": code})
    assert answer.status == 201, answer.body
    used = await theirs.post("/liaison/binding", {"phone": number, "bind_code": code})
    assert used.status == 422
    again = await theirs.post("/sessions", {"js_code": standin.mini_login(person.openid)})
    assert again.body["role"] == "liaison"
    return theirs


async def chief() -> Liaison:
    return await Liaison.get(phone="13900000001")


async def ask(house: House, report: Report, *, who: int = 0, **more: Any) -> None:
    by = await viewer(house, "t-east-a")
    liaison = who or (await chief()).id
    given = {"text": ASKED} | more
    await assist(report.number, liaison=str(liaison), by=by, house=house, **given)


async def test_a_liaison_reads_the_handler_s_words_and_answers_once(
    liaison: Phone, phone: Phone, report: Report, house: House, photo: bytes
) -> None:
    await ask(house, report)
    notice = await OutboxNotice.get(notice="assist_request")
    key = report_key(report, house=house)
    payload = key.open_json(bytes(notice.sealed_payload), place=f"outbox:{notice.id}:payload")
    assert payload.keys() == {"place", "time"}
    answer = await liaison.get("/liaison/tasks")
    (task,) = answer.body["items"]
    assert task["text"] == ASKED and task["place"] == "东河镇柳树村"
    assert SAID[:4].encode() not in answer.raw and report.number.encode() not in answer.raw

    uploaded = (await liaison.upload(photo)).body["id"]
    body = {"text": "三盏不亮", "attachments": [uploaded], "location": {"latitude": 30.1, "longitude": 120.2}}
    path = f"/liaison/tasks/{task['id']}/answer"
    assert (await liaison.post(path, body)).body["answered_at"]
    assert (await liaison.post(path, {"text": "又"})).status == 409
    opened = await read_report(
        await Report.get(id=report.id), viewer=await viewer(house, "t-east-a"), house=house
    )
    last = opened.said[-1]
    assert last.who == "liaison" and last.text.startswith("三盏不亮") and "30.10000" in last.text
    assert [file.id for file in last.attachments] == [uploaded]
    assert [task.liaison for task in opened.tasks] == ["何长河"]
    asking = await Staff.get(username="t-east-a")
    assert await OutboxNotice.filter(notice="report_new", staff_id=asking.id, liaison_id=None).exists()
    assert {event.action for event in await Event.filter(actor=f"liaison:{(await chief()).id}")} >= {
        "task.read",
        "task.answer",
    }
    # the reporter learns nothing of it: neither the words nor the picture
    mine = await phone.get(f"/reports/{report.number}")
    assert "三盏不亮".encode() not in mine.raw and uploaded.encode() not in mine.raw
    assert (await phone.get(f"/attachments/{uploaded}")).status == 404


async def test_other_liaisons_and_villagers_find_no_task(
    liaison: Phone, phone: Phone, report: Report, house: House
) -> None:
    deputy = await Liaison.get(phone="13900000002")
    await ask(house, report, who=deputy.id)
    task = await LiaisonTask.get()
    assert (await liaison.get("/liaison/tasks")).body["items"] == []
    assert (await liaison.post(f"/liaison/tasks/{task.id}/answer", {"text": "好"})).status == 404
    assert (await phone.get("/liaison/tasks")).status == 403
    assert (await LiaisonTask.get()).answered_at is None


async def test_a_touched_liaison_cannot_be_chosen_and_loses_what_was_told(
    liaison: Phone, report: Report, house: House
) -> None:
    await ask(house, report)
    leader = await viewer(house, "t-east-l")
    person = await chief()
    await recuse(report.number, who=f"liaison:{person.id}", reason="亲戚", by=leader, house=house)
    report = await Report.get(id=report.id)
    key = report_key(report, house=house)
    options = [
        value
        for value, _ in await assisting_options(
            report, bars=await bars_of(report, key=key), key=key, house=house
        )
    ]
    assert options == [str((await Liaison.get(phone="13900000002")).id)]
    with pytest.raises(FieldWrong) as wrong:
        await ask(house, report)
    assert wrong.value.field == "liaison"
    assert (await liaison.get("/liaison/tasks")).body["items"] == []


async def test_a_liaison_named_in_the_report_is_touched(phone: Phone, entry: Any, house: House) -> None:
    filed = await phone.file(entry.code, text="何长河吃空饷", level="village")
    report = await Report.get(number=filed.body["number"])
    with pytest.raises(FieldWrong):
        await ask(house, report)


async def test_the_reporter_s_wish_holds_and_betraying_words_are_held_back(
    phone: Phone, entry: Any, report: Report, house: House
) -> None:
    filed = await phone.file(entry.code, avoid=["liaison"])
    with pytest.raises(TransitionNotAllowed):
        await ask(house, await Report.get(number=filed.body["number"]))
    with pytest.raises(TextBetrays):
        await ask(house, report, text="有人反映路灯不亮，去看看", careful="yes")
    with pytest.raises(FieldWrong):
        await ask(house, report, text=" ")
    assert not await OutboxNotice.filter(notice="assist_request").exists()
    await ask(house, report, careful="yes")
    sealed = bytes((await LiaisonTask.get()).sealed_text)
    assert "路灯".encode() not in sealed


async def test_somebody_named_in_an_answer_does_not_see_it(
    liaison: Phone, report: Report, house: House
) -> None:
    await ask(house, report)
    task = await LiaisonTask.get()
    await liaison.post(f"/liaison/tasks/{task.id}/answer", {"text": "路灯款是赵b拿走的"})
    with pytest.raises(ReportNotFound):
        await find_report(await viewer(house, "t-east-b"), number=report.number)
    assert await Message.filter(report_id=report.id, speaker="liaison").count() == 1


async def test_a_finding_goes_straight_to_the_township_and_no_other_liaison_hears(
    liaison: Phone, entry: Any, house: House, photo: bytes
) -> None:
    uploaded = (await liaison.upload(photo)).body["id"]
    body = {"area": "education", "text": "学校食堂的账没有公开", "attachments": [uploaded]}
    filed = await liaison.post("/liaison/findings", body)
    assert filed.status == 201 and len(filed.body["receipt"]) >= 16
    report = await Report.get(number=filed.body["number"])
    assert (report.owner_id, report.is_named, report.level) == ("T-EAST", True, "none")
    assert await Attachment.filter(id=uploaded, report_id=report.id).exists()
    assert not await OutboxNotice.filter(report_id=report.id, liaison_id__isnull=False).exists()
    assert (await liaison.get(f"/reports/{report.number}")).status == 200
    nowhere = await liaison.post("/liaison/findings", {"area": "nowhere", "text": "好"})
    assert nowhere.body["type"].endswith("area-without-code")
