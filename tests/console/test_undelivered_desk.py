"""What did not reach a reporter lies on the desk of those who see the report, and goes out again from there."""

from datetime import timedelta
from typing import Any

import pytest

from casework.reply import reply
from models.choices import DeliveryStatus
from models.event import Event
from models.outbox import OutboxNotice
from models.report import Report
from tests.casework.conftest import File
from tests.console.conftest import Open, viewer

pytestmark = pytest.mark.parametrize("world_name", ["sqlite"])


async def failed_reply(
    file: File, house: Any, *, reason: str = "not-following"
) -> tuple[Report, OutboxNotice]:
    report = await file()
    await reply(report.number, text="请到村委会", by=await viewer(house, "t-east-a"), house=house)
    notice = await OutboxNotice.get(report_id=report.id, notice="report_reply")
    long_ago = house.clock.now() - timedelta(days=4)
    gone = {"status": DeliveryStatus.FAILED, "reason": reason, "settled_at": house.clock.now()}
    await OutboxNotice.filter(id=notice.id).update(created_at=long_ago, tries=40, **gone)
    return report, notice


async def test_it_is_shown_with_its_reason_and_sent_again_once(opened_browser: Open, file: File) -> None:
    browser = await (await opened_browser()).sign_in("t-east-a")
    report, notice = await failed_reply(file, browser.house)
    await browser.get("/console/undelivered")
    assert report.number in browser.text and "已取消关注" in browser.text and "再发一次" in browser.text
    assert (await browser.post(f"/console/undelivered/{notice.id}")).status == 303
    row = await OutboxNotice.get(id=notice.id)
    assert (row.status, row.reason, row.tries) == ("waiting", "", 0)
    assert browser.house.clock.now() - row.created_at < timedelta(minutes=5)
    event = await Event.get(action="notice.send-again")
    assert (event.report_id, event.object_id) == (report.id, notice.id)
    assert (await browser.post(f"/console/undelivered/{notice.id}")).status == 404
    await browser.get("/console/undelivered")
    assert "没有送不到的消息" in browser.text


async def test_nobody_else_finds_it(opened_browser: Open, file: File) -> None:
    browser = await (await opened_browser()).sign_in("t-west-a")
    report, notice = await failed_reply(file, browser.house)
    await browser.get("/console/undelivered")
    assert report.number not in browser.text
    assert (await browser.post(f"/console/undelivered/{notice.id}")).status == 404
    assert (await OutboxNotice.get(id=notice.id)).status == "failed"


async def test_whether_a_colleague_was_told_is_not_shown(opened_browser: Open, file: File) -> None:
    browser = await (await opened_browser()).sign_in("t-east-a")
    report, notice = await failed_reply(file, browser.house, reason="unlinked")
    told = await OutboxNotice.filter(report_id=report.id, staff_id__isnull=False)
    assert told
    gone = {"status": DeliveryStatus.FAILED, "reason": "no-longer-responsible"}
    await OutboxNotice.filter(report_id=report.id, staff_id__isnull=False).update(
        settled_at=browser.house.clock.now(), **gone
    )
    await browser.get("/console/undelivered")
    assert report.number not in browser.text
    for one in (*told, notice):
        assert (await browser.post(f"/console/undelivered/{one.id}")).status == 404
