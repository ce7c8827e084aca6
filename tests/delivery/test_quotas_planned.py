"""What WeChat allows in a day is counted among all, kept for answers while it runs low, and warned about."""

import logging
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from clients.database import changed
from delivery import worker
from delivery.outbox import claim
from delivery.quotas import QUOTAS, Quotas, QuotasWrong, read_quotas
from models.fields import to_millis
from models.outbox import OutboxNotice
from models.quota_spent import QuotaSpent
from organisation.house import House
from tests.delivery.conftest import Desk, shown
from watch.measures import measure

DAWN = datetime(2026, 11, 26, 0, 0, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
LIMITS = {"text": 100, "template": 100, "subscription": 100}


def spent(count: int, *, at: datetime) -> Quotas:
    quotas = Quotas(LIMITS)
    for _ in range(count):
        quotas.count("template", at=at)
    return quotas


@pytest.mark.parametrize(
    ("notice", "hour", "most"),
    [
        ("urge", 0, 50),
        ("urge", 12, 75),
        ("report_new", 0, 80),
        ("report_new", 12, 90),
        ("assist_request", 12, 90),
    ],
)
def test_less_is_kept_for_answers_as_the_day_goes(notice: str, hour: int, most: int) -> None:
    at = DAWN + timedelta(hours=hour)
    assert spent(most - 1, at=at).later(notice, api="template", at=at) is None
    later = spent(most + 1, at=at).later(notice, api="template", at=at)
    assert later is not None and at < later < DAWN + timedelta(days=1)
    # by then it may go, if nobody sends more meanwhile
    assert spent(most + 1, at=at).later(notice, api="template", at=later) is None
    assert spent(99, at=at).later("report_reply", api="template", at=at) is None
    assert spent(most + 1, at=at).later(notice, api="text", at=at) is None


def test_nothing_is_left_unused_and_a_new_day_begins_anew() -> None:
    late = DAWN + timedelta(hours=23, minutes=59)
    assert spent(99, at=late).later("urge", api="template", at=late) is None
    quotas = spent(100, at=late)
    assert quotas.later("urge", api="template", at=late) == DAWN + timedelta(days=1)
    assert quotas.later("urge", api="template", at=DAWN + timedelta(days=1)) is None
    assert quotas.later("report_progress", api="template", at=late) is None


async def test_all_processes_count_together_and_a_failure_loses_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = Quotas(LIMITS), Quotas(LIMITS)
    at = house.clock.now()
    for _ in range(60):
        one.count("template", at=at)
        other.count("template", at=at)
    other.count("text", at=at)

    async def away(*writes: object) -> None:
        raise OSError

    with monkeypatch.context() as broken, pytest.raises(OSError):
        broken.setattr("delivery.quotas.write", away)
        await one.keep(at=at)
    await one.keep(at=at)
    await other.keep(at=at)
    await one.keep(at=at)
    rows = {row.api: (row.spent, row.most) for row in await QuotaSpent.all()}
    assert rows == {"template": (120, 100), "text": (1, 100)}
    # each knows what the other has spent, which is all there was
    assert one.later("urge", api="template", at=at) and not Quotas(LIMITS).later(
        "urge", api="template", at=at
    )
    told = {each.name: dict(each.values) for each in await measure(at)}
    assert told["mashang_quota_used"] == {"template": 1.2, "text": 0.01}
    assert {each.name: dict(each.values) for each in await measure(at + timedelta(days=2))}[
        "mashang_quota_used"
    ] == {}


def test_it_is_said_once_when_most_is_spent(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        quotas = spent(79, at=DAWN)
        assert not caplog.records
        for _ in range(5):
            quotas.count("template", at=DAWN)
    assert [(record.getMessage(), record.__dict__["api"]) for record in caplog.records] == [
        ("quota_low", "template")
    ]


@pytest.mark.parametrize("world_name", ["sqlite"])
async def test_answers_go_while_alerts_wait(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    quotas = Quotas(LIMITS | {"template": 1})
    quotas.count("template", at=desk.now())
    monkeypatch.setattr(worker, "Quotas", lambda: quotas)
    staff, official = await desk.bound_staff()
    villager = await desk.person(is_open=False)
    report, key = await desk.report(villager)
    alert = await desk.notice("report_new", report, key, staff_id=staff.id)
    answer = await desk.reply(report, key, text="路灯下周换好")
    async with desk.working():
        row = await desk.tried(alert)
        await desk.tried(answer)
    assert (row.status, row.reason) == ("waiting", "quota-kept")
    assert row.next_at > desk.now()
    assert (await OutboxNotice.get(id=answer.id)).status == "sent"
    assert len(shown(villager, kind="template")) == 1 and not shown(official, kind="template")


async def test_answers_are_taken_before_alerts_and_reminders_last(desk: Desk) -> None:
    staff = [(await desk.bound_staff(username))[0] for username in ("t-east-a", "t-east-b")]
    report, key = await desk.report(await desk.person())
    other, other_key = await desk.report(await desk.person())
    await desk.notice("urge", report, key, staff_id=staff[0].id)
    await desk.notice("report_new", report, key, staff_id=staff[1].id)
    await desk.notice("report_progress", other, other_key)
    await desk.reply(report, key, text="好")
    await changed("UPDATE outbox_notice SET next_at = $1", to_millis(desk.now()))
    taken = [(await claim(by="w", limit=1, at=desk.now()))[0].notice for _ in range(4)]
    assert taken == ["report_reply", "report_progress", "report_new", "urge"]


def test_the_setting_replaces_what_it_names_and_wrong_ones_are_named() -> None:
    assert read_quotas({"template": 5}) == {**QUOTAS, "template": 5}
    for setting, named in [
        ({"menu": 1}, "menu"),
        ({"text": 0}, "text"),
        ({"text": "5"}, "text"),
        ({"text": True}, "text"),
    ]:
        with pytest.raises(QuotasWrong) as caught:
            read_quotas(setting)
        assert f"“{named}”" in caught.value.message
