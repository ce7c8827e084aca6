"""人工咨询: staff see it as a conversation, answer it, and end it or take it on; who is meant by it sees nothing."""

from models.choices import Kind, Level, Status
from models.report import Report
from routing.facts import Subject


async def asked(file, **changes) -> Report:
    values = {"kind": Kind.CONSULT, "level": Level.UNKNOWN, "text": "想问问低保怎么申请"}
    return await file(**(values | changes))


async def test_it_is_answered_and_ended_and_only_then(opened_browser, file):
    consult, report = await asked(file), await file()
    handler, here = await opened_browser(), f"/console/reports/{consult.number}"
    await handler.sign_in("t-east-a")
    await handler.get("/console/reports")
    assert handler.text.count("人工咨询") == 1
    await handler.get(f"/console/reports/{report.number}")
    assert "end-consult" not in handler.text
    assert (await handler.post(f"/console/reports/{report.number}/end-consult")).status == 409
    await handler.get(here)
    assert "结束咨询" in handler.text and 'value="consult"' not in handler.text
    assert (await handler.post(f"{here}/end-consult")).status == 409
    assert (await handler.post(f"{here}/reply", text="带身份证来")).status == 303
    assert (await handler.post(f"{here}/end-consult")).status == 303
    assert (await Report.get(id=consult.id)).status is Status.CLOSED
    await handler.get(here)
    assert "end-consult" not in handler.text


async def test_what_turns_out_to_be_a_matter_is_accepted_as_one(opened_browser, file):
    consult = await asked(file)
    handler, here = await opened_browser(), f"/console/reports/{consult.number}"
    await handler.sign_in("t-east-a")
    await handler.get(here)
    assert (await handler.post(f"{here}/accept", kind="consult")).status == 422
    assert (await handler.post(f"{here}/accept", kind="livelihood")).status == 303
    assert (await Report.get(id=consult.id)).kind is Kind.LIVELIHOOD


async def test_who_is_meant_by_it_sees_nothing_of_it(opened_browser, file):
    consult = await asked(file, subject=Subject(name="赵a", unit="东河镇纪委"))
    assert consult.owner_id == "CADRE"
    consult = await asked(file, text="赵b在村里说了算，我想问问怎么办")
    meant, other = await opened_browser(), await opened_browser()
    await meant.sign_in("t-east-b")
    await other.sign_in("t-east-a")
    assert (await meant.get(f"/console/reports/{consult.number}")).status == 404
    assert meant.text.count(consult.number) == 0
    assert (await meant.post(f"/console/reports/{consult.number}/end-consult")).status == 404
    assert (await other.get(f"/console/reports/{consult.number}")).status == 200
