"""查看身份: hidden from everybody, shown once to who says why, each look kept with its reason."""

import pytest

from access.reports import ReportNotFound
from casework.errors import TransitionNotAllowed
from casework.recuse import recuse
from casework.see_identity import see_identity
from intake.draft import Identity
from models.event import Event
from models.identity_look import IdentityLook
from tests.casework.conftest import viewer

GIVEN = Identity(name="段小满", phone="13811112222")


async def test_it_stands_on_no_page_but_the_answer_to_a_reason(opened_browser, file, county):
    report = await file(identity=GIVEN)
    path = f"/console/reports/{report.number}"
    handler = await opened_browser()
    await handler.sign_in("t-east-a")
    await handler.get(path)
    assert "实名" in handler.text and "段小满" not in handler.text and "13811112222" not in handler.text
    assert (await handler.post(f"{path}/see-identity", reason=" ")).status == 422
    assert "请写明理由" in handler.text and "段小满" not in handler.text
    assert not await Event.filter(action="identity.read").exists()

    answer = await handler.post(f"{path}/see-identity", reason="要和本人核对占地的时间")
    assert answer.status == 200 and answer.headers["Cache-Control"] == "no-store"
    assert "段小满" in handler.text and "13811112222" in handler.text
    await handler.get(path)
    assert "段小满" not in handler.text and "核对占地" not in handler.text
    await handler.post(f"{path}/see-identity", reason="再打一次电话")
    events = await Event.filter(action="identity.read").order_by("id")
    by = await viewer(county, "t-east-a")
    assert [(event.actor, event.report_id) for event in events] == [(by.actor, report.id)] * 2
    assert all("核对" not in str(event.data) + event.object_id for event in events)

    leader = await opened_browser()
    await leader.sign_in("t-east-l")
    await leader.get(path)
    assert "谁看过反映人身份（2）" in leader.text and "要和本人核对占地的时间" in leader.text
    assert "段小满" not in leader.text


async def test_reasons_are_sealed_and_go_to_no_later_owner(county, file, opened_browser, office):
    report = await file(identity=GIVEN)
    await see_identity(
        report.number, reason="需要补充证言", by=await viewer(county, "t-east-a"), house=county
    )
    assert "证言".encode() not in bytes((await IdentityLook.get()).sealed_reason)
    by = await viewer(county, "t-east-l")
    await recuse(report.number, who="", reason="亲属", by=by, house=county)
    leader = await opened_browser()
    await leader.sign_in("office-1-l")
    await leader.get(f"/console/reports/{report.number}")
    assert "查看反映人身份" in leader.text and "需要补充证言" not in leader.text


async def test_nobody_is_behind_an_anonymous_report(county, file, browser, office):
    report = await file()
    with pytest.raises(TransitionNotAllowed):
        await see_identity(report.number, reason="想知道", by=await viewer(county, "t-east-l"), house=county)
    assert not await Event.filter(action="identity.read").exists()
    await browser.sign_in("t-east-l")
    await browser.get(f"/console/reports/{report.number}")
    assert "查看反映人身份" not in browser.text


async def test_who_may_not_see_the_report_may_not_see_who_reported(county, file):
    report = await file(identity=GIVEN, text="听说赵b也拿了钱")
    for username in ("t-east-b", "office-1-l", "head-l", "cases-l"):
        with pytest.raises(ReportNotFound):
            await see_identity(
                report.number, reason="想知道", by=await viewer(county, username), house=county
            )
    assert not await IdentityLook.all().exists()
