"""听写: what staff hear in a voice is read by colleagues, matched like words, and never shown to the reporter."""

from dossier.contents import all_said, told_to_reporter
from intake.attachments import store_upload
from models.attachment import Attachment
from models.event import Event
from models.message import Message
from models.report import Report
from tests.intake.test_attachments_voices import amr

SESSION = "session-of-somebody"


async def spoken(file, house) -> tuple[Report, str]:
    voice = await store_upload(amr(100), house=house, session_index=SESSION)
    report = await file(
        text="", level="none", attachments=(voice.id,), channel="web", person_index=SESSION, openid=None
    )
    return report, voice.id


async def test_it_is_typed_read_corrected_and_kept_from_the_reporter(opened_browser, file, county):
    report, voice = await spoken(file, county)
    handler, here = await opened_browser(), f"/console/reports/{report.number}"
    await handler.sign_in("t-east-a")
    await handler.get(here)
    assert "听写成文字" in handler.text
    assert (await handler.post(f"{here}/type-words", attachment=voice, text=" ")).status == 422
    assert (await handler.post(f"{here}/type-words", attachment="x" * 30, text="听到的")).status == 422
    for words in ("路灯坏了", "路灯坏了三个月"):
        assert (await handler.post(f"{here}/type-words", attachment=voice, text=words)).status == 303
    await handler.get(here)
    assert "路灯坏了三个月" in handler.text and "更正" in handler.text and "赵a听写语音" in handler.text
    said = await Message.filter(report_id=report.id, speaker="voice").order_by("said_at")
    assert (len(said), (await Attachment.get(id=voice)).words_id) == (2, said[-1].id)
    assert all("路灯".encode() not in bytes(message.sealed_text) for message in said)
    shown = told_to_reporter((await all_said(report))[0], at=county.clock.now())
    assert {str(message.speaker) for message in shown} == {"me"}
    assert await Event.filter(action="report.type-words", object_id=voice, report_id=report.id).count() == 2


async def test_a_voice_of_another_report_is_not_typed_here(opened_browser, file, county):
    report, _ = await spoken(file, county)
    _, elsewhere = await spoken(file, county)
    handler = await opened_browser()
    await handler.sign_in("t-east-a")
    answer = await handler.post(
        f"/console/reports/{report.number}/type-words", attachment=elsewhere, text="听到的"
    )
    assert answer.status == 422
    assert (await Attachment.get(id=elsewhere)).words_id is None


async def test_who_is_named_in_a_voice_no_longer_sees_it(opened_browser, file, county):
    report, voice = await spoken(file, county)
    named, typist, here = await opened_browser(), await opened_browser(), f"/console/reports/{report.number}"
    await named.sign_in("t-east-b")
    await typist.sign_in("t-east-a")
    assert (await named.get(here)).status == 200
    await typist.post(f"{here}/type-words", attachment=voice, text="东河镇纪委的赵b收了我们的钱")
    assert (await named.get(here)).status == 404
    assert (await typist.get(here)).status == 200
