"""However somebody comes by a code, they stand at the same entry; and every way is counted, once, without a name."""

from collections.abc import AsyncIterator
from urllib.parse import quote

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from miniapp_api import routes as miniapp_api
from models.entry_code import EntryCode
from organisation.entry_codes import grouped, with_check
from organisation.house import HOUSE, House
from qrcodes import routes as qrcodes
from tests.bot.chatting import Villager, a_turnstile
from tests.factories import make_entry, make_organisation

MINI_PROGRAM = {"Referer": "https://servicewechat.com/wx0123456789abcdef/7/page-frame.html"}


@pytest.fixture
async def entry(house: House) -> EntryCode:
    await make_organisation(house)
    return await make_entry()


@pytest.fixture
async def client(house: House, entry: EntryCode) -> AsyncIterator[TestClient]:
    app = web.Application()
    app[HOUSE] = house
    miniapp_api.add_routes(app)
    qrcodes.add_routes(app)
    async with TestClient(TestServer(app)) as made:
        yield made


async def replaced(entry: EntryCode, *, by: EntryCode) -> None:
    await EntryCode.filter(code=entry.code).update(status="retired", replaced_by_id=by.code)


def handed_over(code: str) -> list[str]:
    """Typed; the ordinary link; `options.q` of a mini-program, its `options.scene`, with what WeChat adds."""
    link = f"https://jiandu.example.cn/s/{code}"
    return [
        code.lower(),
        grouped(code),
        link,
        quote(link, safe=""),
        quote(f"{link}?from=scan", safe=""),
        quote(code),
    ]


async def test_typed_scanned_or_handed_over_it_is_one_entry(
    client: TestClient, entry: EntryCode, house: House
) -> None:
    for text in handed_over(entry.code):
        answer = await client.get(f"/api/v1/entries/{quote(text, safe='')}")
        assert (await answer.json())["code"] == entry.code, text
    async with a_turnstile(house) as turnstile:
        for number, text in enumerate(handed_over(entry.code)[:3]):
            assert "东河镇柳树村" in await Villager(turnstile, f"o-{number}").say(text)
        assert "东河镇柳树村" in await Villager(turnstile, "o-scan").scan(entry.code)


async def test_an_old_poster_leads_on_however_often_it_was_replaced(
    client: TestClient, entry: EntryCode, house: House
) -> None:
    newer, newest = await make_entry(), await make_entry()
    await replaced(entry, by=newer)
    await replaced(newer, by=newest)
    answer = await client.get(f"/api/v1/entries/{entry.code}")
    assert (await answer.json())["code"] == newest.code
    page = await (await client.get(f"/s/{entry.code}")).text()
    assert f'href="/s/{newer.code}"' in page
    async with a_turnstile(house) as turnstile:
        assert "东河镇柳树村" in await Villager(turnstile, "o-1").scan(entry.code)


async def test_each_way_in_is_counted_once(client: TestClient, entry: EntryCode, house: House) -> None:
    counted = house.scans._counted
    await client.get(f"/s/{entry.code}")
    assert counted == {entry.code: 1}
    await client.get(
        f"/api/v1/entries/{entry.code}", headers={"Referer": f"http://127.0.0.1/m/?entry={entry.code}"}
    )
    assert counted == {entry.code: 1}, "the web client comes by the page"
    await client.get(f"/api/v1/entries/{entry.code}", headers=MINI_PROGRAM)
    assert counted == {entry.code: 2}
    async with a_turnstile(house) as turnstile:
        villager = Villager(turnstile, "o-1")
        await villager.scan(entry.code)
        await villager.again()
        assert counted == {entry.code: 3}, "a push that comes again is the same scan"
    for nothing in (with_check("AAAAAAAAAA"), "AAAA"):
        await client.get(f"/s/{nothing}")
        await client.get(f"/api/v1/entries/{nothing}", headers=MINI_PROGRAM)
    assert counted == {entry.code: 3}
