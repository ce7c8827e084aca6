"""The page of the log's state: for whoever answers for the system, harm in words, nothing of what the log holds."""

from datetime import UTC, datetime

import pytest

from clients.database import changed
from models.quota_spent import QuotaSpent
from tests.conftest import make_vault
from tests.console.conftest import Open
from vault.chain import Chain
from vault.sealing import anchor_day, seal_some
from vault.verifying import check_log

pytestmark = pytest.mark.parametrize("world_name", ["sqlite"])
AT = datetime(2026, 11, 26, 16, 30, tzinfo=UTC)


async def test_it_says_that_all_is_well_and_what_is_not(opened_browser: Open) -> None:
    browser = await (await opened_browser()).sign_in("root")
    await browser.get("/console/log")
    assert 'data-log="unchecked"' in browser.text
    chain = Chain(make_vault())
    await seal_some(chain)
    await anchor_day(chain, at=AT, day="2026-11-27")
    await check_log(chain, at=AT)
    await browser.get("/console/log")
    assert 'data-log="whole"' in browser.text and "2026-11-27" in browser.text
    assert 'data-anchor="2026-11-27"' in browser.text
    await changed("UPDATE event SET actor = 'staff:9' WHERE chain_place = 1")
    await check_log(chain, at=AT)
    await browser.get("/console/log")
    assert "第 1 条留痕" in browser.text and "被改动过" in browser.text


async def test_handlers_have_no_such_page(opened_browser: Open) -> None:
    browser = await (await opened_browser()).sign_in("t-east-a")
    assert (await browser.get("/console/log")).status == 404
    for username in ("t-east-l", "city-approver"):
        browser = await (await opened_browser()).sign_in(username)
        assert (await browser.get("/console/log")).status == 200


async def test_limits_are_shown_as_they_were_set_and_never_how_much_came(opened_browser: Open) -> None:
    await QuotaSpent.create(api="template", ends_at=AT, spent=4711, most=250_000)
    browser = await (await opened_browser()).sign_in("root")
    await browser.get("/console/log")
    assert 'href="/console/limits"' in browser.text
    await browser.get("/console/limits")
    assert "60 分钟 100 件" in browser.text and "60 分钟 5000 件" in browser.text and "不限" in browser.text
    assert "公众号模板消息：一天 250000 次" in browser.text and "4711" not in browser.text
    assert "公众号消息：一天 500000 次" in browser.text and "一共 2048 MB" in browser.text
