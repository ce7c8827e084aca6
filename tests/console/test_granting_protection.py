"""给予保护: by the leader, once for each asking, told to the reporter, and possible after the end."""

import pytest

from access.reports import ReportNotFound
from casework.errors import FieldWrong, TransitionNotAllowed
from casework.protect import protect
from dossier.contents import latest_reply
from dossier.rows import report_key
from intake.asking_protection import ask_protection
from models.event import Event
from models.outbox import OutboxNotice
from models.report import Report
from tests.casework.conftest import viewer


async def test_a_leader_grants_what_was_asked_once_and_again_after_the_end(county, file, clock_moves):
    report = await file()
    leader = await viewer(county, "t-east-l")
    with pytest.raises(TransitionNotAllowed):
        await protect(report.number, text="派出所会巡逻", by=leader, house=county)
    await ask_protection(report, text="有人来家里问", house=county)
    with pytest.raises(TransitionNotAllowed):
        await protect(report.number, text="好", by=await viewer(county, "t-east-a"), house=county)
    with pytest.raises(FieldWrong):
        await protect(report.number, text=" ", by=leader, house=county)
    with pytest.raises(ReportNotFound):
        await protect(report.number, text="好", by=await viewer(county, "head-l"), house=county)
    clock_moves(seconds=2)
    await protect(report.number, text="派出所会巡逻", by=leader, house=county)
    said = await latest_reply(report, at=county.clock.now())
    key = report_key(report, house=county)
    assert key.open_text(said.sealed_text, place=f"message:{said.id}:text").endswith("派出所会巡逻")
    assert await OutboxNotice.filter(notice="report_reply", message_id=said.id).exists()
    assert await Event.filter(action="report.protect", actor=leader.actor).count() == 1
    with pytest.raises(TransitionNotAllowed):
        await protect(report.number, text="再一次", by=leader, house=county)

    await Report.filter(id=report.id).update(status="closed")
    clock_moves(seconds=2)
    await ask_protection(await Report.get(id=report.id), text="又来了", house=county)
    clock_moves(seconds=2)
    await protect(report.number, text="已经报警", by=leader, house=county)
    assert (await Report.get(id=report.id)).protected_at is not None


async def test_the_leader_s_page_asks_for_it_until_it_is_granted(browser, file, office):
    report = await file()
    await ask_protection(report, text="有人来家里问", house=office)
    path = f"/console/reports/{report.number}"
    await browser.sign_in("t-east-l")
    await browser.get(path)
    assert "群众请求保护" in browser.text
    assert (await browser.post(f"{path}/protect", text="派出所会巡逻")).status == 303
    await browser.get(path)
    assert "群众请求保护" not in browser.text and "已给予保护" in browser.text
