"""Alerts: a template that says place, area and time, only to whom the report may still be known."""

from datetime import timedelta

import pytest

from access.bars import bar_index
from delivery.templates import read_templates
from models.liaison import Liaison
from models.outbox import OutboxNotice
from models.report import Report
from models.report_bar import ReportBar
from models.staff import Staff
from tests.delivery.conftest import Desk, shown


async def bar(report: Report, desk: Desk, *, who: str) -> None:
    await ReportBar.create(
        report=report,
        who_index=bar_index(who, vault=desk.house.vault),
        sealed_why=b"-",
        since_at=desk.now(),
    )


async def outcome(notice: OutboxNotice) -> tuple[str, str]:
    row = await OutboxNotice.get(id=notice.id)
    return str(row.status), row.reason


async def test_staff_read_place_area_and_time_and_nothing_else(desk: Desk) -> None:
    staff, person = await desk.bound_staff()
    report, key = await desk.report()
    notice = await desk.notice("report_new", report, key, staff_id=staff.id)
    await desk.carry()
    (bubble,) = shown(person, kind="template")
    assert [each["value"] for each in bubble.content["fields"]] == [
        "东河镇柳树村",
        "教育",
        "2026年11月23日 10:00",
    ]
    assert report.number not in str(bubble.content)
    assert await outcome(notice) == ("sent", "")


@pytest.mark.parametrize(
    "change", ["barred", "body-barred", "moved", "deactivated", "unconfirmed", "operator"]
)
async def test_staff_who_may_no_longer_see_it_are_not_told(desk: Desk, change: str) -> None:
    staff, person = await desk.bound_staff()
    report, key = await desk.report()
    notice = await desk.notice("report_new", report, key, staff_id=staff.id)
    if change == "barred":
        await bar(report, desk, who=f"staff:{staff.id}")
    if change == "body-barred":
        await bar(report, desk, who=f"body:{staff.body_id}")
    if change == "moved":
        await Report.filter(id=report.id).update(owner_id="OFFICE-1")
    values = {
        "deactivated": {"is_active": False},
        "unconfirmed": {"confirmed_at": None},
        "operator": {"role": "operator"},
    }
    if change in values:
        await Staff.filter(id=staff.id).update(**values[change])
    await desk.carry()
    assert person.chat == []
    assert desk.standin.record.calls == []
    assert await outcome(notice) == ("failed", "no-longer-responsible")


async def test_staff_are_told_once_a_bar_was_lifted(desk: Desk) -> None:
    staff, person = await desk.bound_staff()
    report, key = await desk.report()
    await bar(report, desk, who=f"staff:{staff.id}")
    await ReportBar.filter(report_id=report.id).update(lifted_at=desk.now())
    await desk.notice("report_new", report, key, staff_id=staff.id)
    await desk.carry()
    assert len(shown(person, kind="template")) == 1


async def test_account_changed_since_the_match_waits_for_the_matcher(desk: Desk) -> None:
    staff, person = await desk.bound_staff()
    report, key = await desk.report()
    await Staff.filter(id=staff.id).update(known_since=report.matched_version + 1)
    notice = await desk.notice("report_new", report, key, staff_id=staff.id)
    async with desk.working():
        await desk.tried(notice)
        assert await outcome(notice) == ("waiting", "not-cleared")
        assert person.chat == []
        await Report.filter(id=report.id).update(matched_version=report.matched_version + 1)
        desk.later(10)
        await desk.settled()
    assert len(shown(person, kind="template")) == 1


@pytest.mark.parametrize("change", ["none", "barred", "deactivated"])
async def test_liaison_is_told_unless_touched(desk: Desk, change: str) -> None:
    liaison, person = await desk.bound_liaison()
    report, key = await desk.report()
    notice = await desk.notice("report_new", report, key, liaison_id=liaison.id)
    if change == "barred":
        await bar(report, desk, who=f"liaison:{liaison.id}")
    if change == "deactivated":
        await Liaison.filter(id=liaison.id).update(is_active=False)
    await desk.carry()
    assert len(person.chat) == (1 if change == "none" else 0)
    assert (await outcome(notice))[0] == ("sent" if change == "none" else "failed")


async def test_somebody_unbound_meanwhile_is_a_visible_failure(desk: Desk) -> None:
    staff = await Staff.get(username="t-east-a")
    report, key = await desk.report()
    notice = await desk.notice("report_new", report, key, staff_id=staff.id)
    await desk.carry()
    assert await outcome(notice) == ("failed", "not-bound")


@pytest.mark.parametrize(
    ("is_late", "told"), [(True, ("sent", "")), (False, ("failed", "no-longer-responsible"))]
)
async def test_a_ledger_reader_hears_of_a_row_they_have_and_of_a_number_only(
    desk: Desk, is_late: bool, told: tuple[str, str]
) -> None:
    fields = {"character_string1": "number", "time2": "time"}
    desk.templates |= read_templates({"urge": {"id": "T-URGE", "fields": fields}})
    staff, person = await desk.bound_staff("office-1-l")
    report, key = await desk.report()
    day = timedelta(days=1)
    await Report.filter(id=report.id).update(due_at=desk.now() - day if is_late else desk.now() + day)
    payload = {"number": report.number, "time": "2026年11月23日 10:00"}
    notice = await desk.notice("urge", report, key, staff_id=staff.id, payload=payload)
    # what tells of a new report still goes to whoever may read it only
    new = await desk.notice("report_new", report, key, staff_id=staff.id)
    await desk.carry()
    assert await outcome(notice) == told
    assert await outcome(new) == ("failed", "no-longer-responsible")
    assert len(shown(person, kind="template")) == is_late
