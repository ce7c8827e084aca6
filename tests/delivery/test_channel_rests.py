"""A channel that fails is left alone and tried by one; a spent quota waits; what has to be mended spends none."""

from datetime import UTC, datetime, timedelta

import pytest

from clients.wechat import WeChatFailed, WeChatUnreachable
from delivery.breaker import FAILURES, Breaker
from models.outbox import OutboxNotice
from tests.delivery.conftest import Desk, shown
from tests.delivery.test_reporter_is_answered import CUSTOM, TEMPLATE
from wechat_standin import Fault

NOW = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)
AWAY = WeChatUnreachable("timeout")


def test_after_failures_in_a_row_it_rests_and_one_tries() -> None:
    breaker = Breaker()
    for _ in range(FAILURES - 1):
        breaker.failed(AWAY, at=NOW)
    assert breaker.rests_until(NOW) is None
    breaker.failed(AWAY, at=NOW)
    until = breaker.rests_until(NOW)
    assert until is not None and until - NOW <= timedelta(seconds=20)
    assert [breaker.rests_until(until) is None for _ in range(3)] == [True, False, False]
    breaker.worked()
    assert breaker.rests_until(until) is None


def test_who_is_refused_says_that_the_channel_works() -> None:
    breaker = Breaker()
    for _ in range(FAILURES):
        breaker.failed(AWAY, at=NOW)
        breaker.failed(WeChatFailed(43004), at=NOW)
    assert breaker.rests_until(NOW) is None


def test_a_spent_quota_rests_an_hour_or_until_the_day_ends() -> None:
    breaker = Breaker()
    breaker.failed(WeChatFailed(45009), at=NOW)
    assert breaker.rests_until(NOW) == NOW + timedelta(hours=1)
    late = datetime(2026, 11, 26, 15, 50, tzinfo=UTC)
    breaker.failed(WeChatFailed(45009), at=late)
    until = breaker.rests_until(late)
    assert until is not None and timedelta(minutes=10) < until - late < timedelta(minutes=11)


@pytest.mark.parametrize("world_name", ["sqlite"])
async def test_a_spent_quota_costs_one_call_and_all_go_when_it_is_back(desk: Desk) -> None:
    staff, person = await desk.bound_staff()
    desk.standin.faults.add(Fault(path=TEMPLATE, kind="errcode", errcode=45009))
    notices = []
    for _ in range(3):
        report, key = await desk.report(await desk.person())
        notices.append(await desk.notice("report_new", report, key, staff_id=staff.id))
    async with desk.working():
        for notice in notices:
            await desk.tried(notice)
        desk.later(600)
        for notice in notices:
            row = await OutboxNotice.get(id=notice.id)
            assert row.status == "waiting" and row.next_at > desk.now()
        assert len(desk.standin.record.calls_to(TEMPLATE)) == 1
        desk.standin.faults.clear()
        desk.later(3600)
        await desk.settled()
    assert len(shown(person, kind="template")) == 3


@pytest.mark.parametrize("world_name", ["sqlite"])
async def test_a_spent_quota_of_texts_leads_to_the_template(desk: Desk) -> None:
    desk.standin.faults.add(Fault(path=CUSTOM, kind="errcode", errcode=45009, times=None))
    people = [await desk.person() for _ in range(2)]
    for person in people:
        report, key = await desk.report(person)
        await desk.reply(report, key, text="好的")
    await desk.carry()
    assert [len(shown(person, kind="template")) for person in people] == [1, 1]
    assert len(desk.standin.record.calls_to(CUSTOM)) <= 2


@pytest.mark.parametrize("world_name", ["sqlite"])
@pytest.mark.parametrize("errcode", [40037, 47003])
async def test_what_somebody_must_mend_is_tried_every_ten_minutes(desk: Desk, errcode: int) -> None:
    staff, person = await desk.bound_staff()
    report, key = await desk.report(await desk.person())
    desk.standin.faults.add(Fault(path=TEMPLATE, kind="errcode", errcode=errcode, times=1))
    notice = await desk.notice("report_new", report, key, staff_id=staff.id)
    async with desk.working():
        row = await desk.tried(notice)
        assert row.reason == f"wechat-{errcode}"
        assert timedelta(minutes=9) < row.next_at - desk.now() <= timedelta(minutes=10)
        desk.later(601)
        await desk.settled()
    assert len(shown(person, kind="template")) == 1
