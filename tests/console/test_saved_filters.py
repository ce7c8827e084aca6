"""Saved filters: their owner's alone, sealed, bounded, and never a way to see more than without them."""

import asyncio
import re
from datetime import timedelta

import pytest

from access.viewer import Viewer
from casework.errors import FieldWrong
from casework.recuse import recuse
from console.filters.kept import MOST, filters_of, keep_filter
from models.event import Event
from models.saved_filter import SavedFilter
from retention.short_lived import forget
from tests.casework.conftest import viewer

LINK = re.compile(r'href="/console/(?:reports|ledger)\?saved=([\w-]+)"[^>]*>([^<]+)</a>')
NAME = "王小梅"


async def as_(opened_browser, username):
    return await (await opened_browser()).sign_in(username)


def links(browser):
    return {name: one for one, name in LINK.findall(browser.text)}


async def saved(browser, name, *, of_list="reports", **asked):
    await browser.get(f"/console/{of_list}")
    answer = await browser.post("/console/filters", list=of_list, name=name, **asked)
    assert answer.status == 303, browser.text
    await browser.get(answer.headers["Location"])
    return links(browser)[name]


async def test_one_saves_opens_renames_and_removes_one_s_own(opened_browser, file) -> None:
    named, other = await file(), await file()
    handler = await as_(opened_browser, "t-east-a")
    one = await saved(handler, "那一件", q=named.number)
    assert [number for number, *_ in handler.rows()] == [named.number] and "已经存下" in handler.text
    # saved already, it is not offered again; elsewhere it is a link on top
    assert "存下现在的筛选" not in handler.text
    await handler.get("/console/reports?status=received")
    assert "存下现在的筛选" in handler.text and links(handler) == {"那一件": one}

    await handler.post("/console/filters", list="reports", id=one, name="急的", what="rename")
    await handler.get("/console/reports")
    assert links(handler) == {"急的": one} and other.number in handler.text
    for name, words in (("", "起个名字"), ("长" * 21, "最多 20"), ("急的", "已经有")):
        answer = await handler.post("/console/filters", list="reports", name=name, status="received")
        assert (
            answer.status == 422
            and words in handler.text
            and 'name="status" value="received"' in handler.text
        )
    assert (await handler.post("/console/filters", list="reports", name="空的")).status == 422

    # a colleague of the same body has none of it, and cannot touch it
    colleague = await as_(opened_browser, "t-east-b")
    assert links(colleague) == {}
    assert (await colleague.get(f"/console/reports?saved={one}")).status == 404
    await colleague.get("/console/reports")
    for what in ("rename", "remove"):
        answer = await colleague.post("/console/filters", list="reports", id=one, name="别人的", what=what)
        assert answer.status == 404

    await handler.get("/console/reports")
    await handler.post("/console/filters", list="reports", id=one, name="急的", what="remove")
    await handler.get("/console/reports")
    assert links(handler) == {} and not await SavedFilter.exists()
    kept = await Event.filter(action__startswith="filter.").order_by("id").values_list("action", flat=True)
    assert kept == ["filter.save", "filter.rename", "filter.remove"]
    assert "急的" not in str(await Event.all().values())


@pytest.mark.parametrize("world_name", ["sqlite"])
async def test_opened_it_asks_anew_what_one_may_see(opened_browser, file, office) -> None:
    report = await file()
    handler = await as_(opened_browser, "t-east-a")
    one = await saved(handler, "那一件", q=report.number)
    await recuse(report.number, who="", reason="亲戚", by=await viewer(office, "t-east-a"), house=office)
    await handler.get(f"/console/reports?saved={one}")
    assert handler.rows() == [] and "没有找到" in handler.text
    # each time is a search, as if it had been typed
    assert await Event.filter(action="report.search").count() == 2


@pytest.mark.parametrize("world_name", ["sqlite"])
async def test_the_ledger_has_its_own_for_whom_it_is_there(opened_browser, file, office) -> None:
    await file()
    cases = await as_(opened_browser, "cases-a")
    one = await saved(cases, "本月", of_list="ledger", status="received", since="2026-01-01")
    await cases.get(f"/console/ledger?saved={one}")
    assert len(cases.rows()) == 1 and '<option value="received" selected>' in cases.text
    await cases.get("/console/reports")
    assert links(cases) == {}
    handler = await as_(opened_browser, "t-east-a")
    answer = await handler.post("/console/filters", list="ledger", name="偷看", status="received")
    assert answer.status == 404
    # what nobody opens for long goes by itself
    assert await forget(house=office) == 0
    await SavedFilter.all().update(used_at=office.clock.now() - timedelta(days=400))
    await cases.get(f"/console/ledger?saved={one}")
    assert await forget(house=office) == 0
    await SavedFilter.all().update(used_at=office.clock.now() - timedelta(days=400))
    assert await forget(house=office) == 1


async def test_their_number_is_bounded_also_for_two_at_once(office) -> None:
    by: Viewer = await viewer(office, "t-east-a")

    async def keep(name: str) -> None:
        await keep_filter(name, of_list="reports", asked={"q": NAME}, by=by, house=office)

    for number in range(MOST - 1):
        await keep(f"第{number}个")
    outcomes = await asyncio.gather(keep("甲"), keep("乙"), return_exceptions=True)
    assert sum(isinstance(each, FieldWrong) for each in outcomes) == 1
    assert len(await filters_of(by, of_list="reports", house=office)) == MOST
