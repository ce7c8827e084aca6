"""保管和销毁: counted by kind and state for whoever may see them, proposed by one, confirmed by another leader."""

import pytest

from dossier.bars import keep_bars
from dossier.rows import report_key
from models.past_report import PastReport
from models.report import Report
from models.staff import Staff
from organisation.house import House
from retention.carrying_out import carry_out_some
from tests.console.conftest import Open
from tests.retention.conftest import Close, closed

__all__ = ["closed"]
pytestmark = pytest.mark.parametrize("world_name", ["sqlite"])
HERE = "/console/retention"


async def test_two_people_destroy_and_a_third_from_whom_it_is_hidden_sees_nothing_move(
    office: House, closed: Close, clock_moves, opened_browser: Open
) -> None:
    report, held = await closed(kind="suggestion"), await closed(kind="suggestion")
    kept_away = await Staff.get(username="t-east-b")
    who = f"staff:{kept_away.id}"
    key = report_key(report, house=office)
    at = office.clock.now()
    await keep_bars(report, key=key, reasons={who: "亲属"}, causes={who: "declared"}, house=office, at=at)
    clock_moves(days=3 * 366)
    handler, leader, third = [
        await (await opened_browser()).sign_in(name) for name in ("t-east-a", "t-east-l", "t-east-b")
    ]
    await handler.get(f"/console/reports/{held.number}")
    assert (await handler.post(f"/console/reports/{held.number}/retain", reason="还在诉讼")).status == 303
    await handler.get(f"/console/reports/{held.number}")
    assert "暂缓销毁" in handler.text and "还在诉讼" in handler.text
    await third.get(HERE)
    before = third.text
    assert "没有保管期满" in before and 'data-figure="' in before

    await handler.get(HERE)
    assert 'data-kind="suggestion" data-status="closed" data-many="1"' in handler.text
    assert f'data-held="{held.number}"' in handler.text
    assert (await handler.post(HERE)).headers["Location"] == f"{HERE}?done=propose"
    await handler.get(HERE)
    assert "等待确认" in handler.text and "确认销毁" not in handler.text
    await leader.get(HERE)
    assert "确认销毁" in leader.text
    plan = leader.text.split('data-plan="')[1].split('"')[0]
    assert (await handler.post(f"{HERE}/{plan}/confirm")).status == 409
    assert (await third.post(f"{HERE}/{plan}/confirm")).status == 404
    await third.get(HERE)
    assert third.text == before
    assert (await leader.post(f"{HERE}/{plan}/confirm")).status == 303
    await leader.get(HERE)
    assert 'data-progress="0/1"' in leader.text
    while await carry_out_some(house=office):
        pass
    await leader.get(HERE)
    assert 'data-progress="1/1"' in leader.text and "已经办完" in leader.text
    assert (await leader.get(f"/console/reports/{report.number}")).status == 404
    await third.get(HERE)
    assert third.text == before
    assert (await Report.all().count(), await PastReport.all().count()) == (1, 1)


async def test_whoever_reads_no_reports_has_no_such_page(opened_browser: Open) -> None:
    for username in ("root", "city-approver"):
        browser = await (await opened_browser()).sign_in(username)
        assert (await browser.get(HERE)).status == 404
        assert (await browser.post(HERE)).status == 404
