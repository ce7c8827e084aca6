"""排除疑似: one click gives a report back to somebody who is not meant, and only what was a guess is dismissed."""

import pytest

from access.reports import ReportNotFound
from casework.dismiss_match import dismiss_match
from casework.errors import FieldWrong, TransitionNotAllowed
from casework.recuse import recuse
from dossier.bars import bars_of, standing_matches
from dossier.rows import report_key
from intake.supplement import add_message
from models.choices import BarCause, RecusalFrom, Status
from models.event import Event
from models.outbox import OutboxNotice
from models.recusal import Recusal
from models.report import Report
from models.report_bar import ReportBar
from models.staff import Staff
from organisation.live import raise_version
from tests.casework.conftest import viewer
from tests.casework.test_recusal_takes_away import is_seen
from tests.factories import EAST_VILLAGE, NOW


async def matches_of(report, house):
    return await standing_matches(report, key=report_key(report, house=house))


async def test_an_unmatched_colleague_gives_it_back(county, file):
    report = await file(text="赵a家门口的路灯坏了")
    assert not await is_seen(county, "t-east-a", report)
    (bar,) = await matches_of(report, county)
    told = await OutboxNotice.all().count()
    by = await viewer(county, "t-east-b")
    await dismiss_match(report.number, who=bar.id, by=by, house=county)

    assert await is_seen(county, "t-east-a", report)
    assert await matches_of(report, county) == []
    assert await OutboxNotice.all().count() == told
    row = await ReportBar.get(id=bar.id)
    assert row.lifted_by_id == by.staff_id and row.lifted_at is not None
    assert "无关".encode() not in bytes(row.sealed_why)
    event = await Event.get(action="report.dismiss-match")
    assert (event.actor, event.object_id, event.data) == (by.actor, bar.id, {})
    kept = await Report.get(id=report.id)
    assert (kept.owner_id, kept.status) == ("T-EAST", Status.RECEIVED)


async def test_it_stays_dismissed_when_matched_again(county, file):
    report = await file(text="赵a家门口的路灯坏了")
    (bar,) = await matches_of(report, county)
    await dismiss_match(report.number, who=bar.id, by=await viewer(county, "t-east-b"), house=county)
    await add_message(report, text="就是赵a家门口那一盏", house=county)
    assert await is_seen(county, "t-east-a", report)


async def test_who_is_matched_cannot_dismiss_anything(county, file):
    report = await file(text="赵a和赵b一起拿的")
    for bar in await matches_of(report, county):
        with pytest.raises(ReportNotFound):
            await dismiss_match(report.number, who=bar.id, by=await viewer(county, "t-east-a"), house=county)
    assert len(await matches_of(report, county)) == 2


async def test_other_bodies_find_nothing_to_dismiss(county, file):
    report = await file(text="赵a家门口的路灯坏了")
    (bar,) = await matches_of(report, county)
    for username in ("t-west-l", "office-1-l", "letters-l"):
        with pytest.raises(ReportNotFound):
            await dismiss_match(report.number, who=bar.id, by=await viewer(county, username), house=county)


async def test_a_recusal_is_no_match(county, file):
    report = await file()
    await recuse(report.number, reason="亲戚", by=await viewer(county, "t-east-a"), house=county)
    (bar,) = await bars_of(report, key=report_key(report, house=county))
    by = await viewer(county, "t-east-l")
    for who in (bar.id, bar.who, "", "t-east-a"):
        with pytest.raises(FieldWrong) as wrong:
            await dismiss_match(report.number, who=who, by=by, house=county)
        assert wrong.value.field == "who"
    assert not await is_seen(county, "t-east-a", report)


async def test_a_bar_of_another_report_is_not_touched(county, file):
    first, second = await file(text="赵a拿的"), await file(text="赵a拿的")
    (bar,) = await matches_of(second, county)
    with pytest.raises(FieldWrong):
        await dismiss_match(first.number, who=bar.id, by=await viewer(county, "t-east-b"), house=county)
    assert not await is_seen(county, "t-east-a", second)


async def test_a_recusal_registered_behind_the_match_keeps_them_away(county, file):
    report = await file(text="赵a家门口的路灯坏了")
    person = await Staff.get(username="t-east-a")
    await Recusal.create(
        staff_id=person.id, from_kind=RecusalFrom.REGION, from_value=EAST_VILLAGE, reason="岳父住在村里"
    )
    await raise_version(at=NOW)
    (bar,) = await matches_of(report, county)
    await dismiss_match(report.number, who=bar.id, by=await viewer(county, "t-east-b"), house=county)
    assert not await is_seen(county, "t-east-a", report)
    standing = [b for b in await bars_of(report, key=report_key(report, house=county)) if not b.is_lifted]
    assert [(b.who, b.cause) for b in standing] == [(f"staff:{person.id}", BarCause.RECUSAL)]


async def test_a_closed_matter_and_an_endless_reason_are_refused(county, file):
    report = await file(text="赵a家门口的路灯坏了")
    (bar,) = await matches_of(report, county)
    by = await viewer(county, "t-east-b")
    with pytest.raises(FieldWrong) as wrong:
        await dismiss_match(report.number, who=bar.id, reason="长" * 201, by=by, house=county)
    assert wrong.value.field == "reason"
    await Report.filter(id=report.id).update(status=Status.CLOSED)
    with pytest.raises(TransitionNotAllowed):
        await dismiss_match(report.number, who=bar.id, by=by, house=county)


async def test_a_dismissed_bar_names_nobody_in_the_log(county, file):
    report = await file(text="赵a家门口的路灯坏了")
    person = await Staff.get(username="t-east-a")
    (bar,) = await matches_of(report, county)
    await dismiss_match(report.number, who=bar.id, by=await viewer(county, "t-east-b"), house=county)
    events = await Event.filter(report_id=report.id)
    assert not any(f"staff:{person.id}" in (e.object_id, e.actor, *map(str, e.data.values())) for e in events)
