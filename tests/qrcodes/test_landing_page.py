"""Scanning a poster opens a plain page that says where one is and what one can do there."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from io import BytesIO
from time import monotonic
from typing import Any

import pytest
import zxingcpp
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestClient
from PIL import Image

from clients.wechat import WeChatAccount
from models.area import Area
from models.body import Body
from models.disclosure import Disclosure
from models.entry_code import EntryCode
from models.region import Region
from organisation.codes.retire import retire
from organisation.entry_codes import grouped
from organisation.house import HOUSE
from organisation.live import raise_version
from qrcodes import composing, wechat_codes
from qrcodes.routes import add_routes
from qrcodes.wechat_codes import LIFETIME_SECONDS, WECHAT_CODES, WeChatCodes
from wechat_standin import Settings, StandIn, serve
from wechat_standin.faults import Fault

Phone = TestClient[web.Request, web.Application]


@pytest.fixture
async def platform() -> AsyncIterator[StandIn]:
    standin = StandIn(Settings())
    runner = await serve(standin, port=0)
    yield standin
    await runner.cleanup()


@pytest.fixture
async def app(prefecture: Any, platform: StandIn) -> AsyncIterator[web.Application]:
    async with ClientSession() as http:
        settings = platform.settings
        account = WeChatAccount(
            appid=settings.app_id, secret=settings.secret, http=http, base_url=platform.public_url
        )
        application = web.Application()
        application[HOUSE] = prefecture.house
        application[WECHAT_CODES] = WeChatCodes(make=account.create_qrcode, clock=prefecture.house.clock)
        add_routes(application)
        yield application


def codes_made(platform: StandIn) -> list[Any]:
    return [call.body for call in platform.record.calls if call.path == "/cgi-bin/qrcode/create"]


@pytest.fixture
async def phone(app: web.Application, aiohttp_client: Callable[[web.Application], Awaitable[Phone]]) -> Phone:
    return await aiohttp_client(app)


async def read(phone: Phone, path: str, *, status: int = 200) -> str:
    answer = await phone.get(path)
    text = await answer.text()
    assert answer.status == status, text
    assert answer.content_type == "text/html"
    assert len(text.encode()) < 30_000
    return text


async def test_says_place_and_area_in_words_and_leads_on(phone: Phone, prefecture: Any) -> None:
    text = await read(phone, f"/s/{prefecture.code}")
    for expected in ("青山市", "云岭县", "石桥镇", "桃花村", "民政领域", "可以匿名", "在这里反映"):
        assert expected in text
    assert f'href="/m/?entry={prefecture.code}"' in text
    assert 'href="tel:08716123456"' in text
    assert grouped(prefecture.code) in text


async def test_found_however_it_is_typed(phone: Phone, prefecture: Any) -> None:
    code = prefecture.code
    for typed in (code.lower(), grouped(code), grouped(code).replace(" ", "-"), f" {code.lower()} "):
        assert f"entry={code}" in await read(phone, f"/s/{typed}")


async def test_page_is_plain_no_script_nothing_from_elsewhere(phone: Phone, prefecture: Any) -> None:
    answer = await phone.get(f"/s/{prefecture.code}")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "script" not in policy
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    text = await answer.text()
    assert "<script" not in text
    assert " style=" not in text
    assert not re.findall(r"(?:src|href)=\"(?!/|tel:)", text)


async def test_stylesheet_is_small_and_cached(phone: Phone) -> None:
    answer = await phone.get("/s/landing.css")
    assert answer.status == 200
    assert answer.content_type == "text/css"
    assert "max-age" in answer.headers["Cache-Control"]
    assert len(await answer.read()) < 5_000


async def test_shows_the_latest_of_this_place_and_area_without_names(phone: Phone, prefecture: Any) -> None:
    text = await read(phone, f"/s/{prefecture.code}")
    assert re.findall(r"第(\d)批", text) == ["7", "6", "5", "4", "3"]
    assert "第7批&lt;低保金&gt;" in text
    assert "12,500 元" in text
    assert "2026 年 7 月 3 日" in text
    assert "不相干" not in text
    assert "张" not in text


async def test_an_undated_policy_is_shown_too(phone: Phone, prefecture: Any) -> None:
    await Disclosure.filter(code__in=["D1", "D2", "D3"]).delete()
    text = await read(phone, f"/s/{prefecture.code}")
    assert text.index("第4批") < text.index("没有日期的政策")


async def test_a_beneficiary_is_not_named_in_a_title_either(phone: Phone, prefecture: Any) -> None:
    await Disclosure.filter(code="D7").update(title="张桂花家的低保金")
    text = await read(phone, f"/s/{prefecture.code}")
    assert "张*花家的低保金" in text
    assert "张桂花" not in text


async def test_what_an_import_published_is_shown_with_the_new_organisation(
    phone: Phone, prefecture: Any
) -> None:
    await read(phone, f"/s/{prefecture.code}")
    await Disclosure.filter(code="X1").update(region_id=prefecture.village, title="刚公开的")
    await raise_version(at=prefecture.house.clock.now())
    await prefecture.house.organisation.refresh()
    assert "刚公开的" in await read(phone, f"/s/{prefecture.code}")


async def test_no_page_outlives_its_code_or_the_organisation_it_was_made_of(
    phone: Phone, prefecture: Any
) -> None:
    at = prefecture.house.clock.now()
    for code in (prefecture.code, prefecture.school, prefecture.of_other):
        await read(phone, f"/s/{code}")
    await retire(prefecture.code, replaced_by=None, at=at, by="system")
    assert "这个码已经停用" in await read(phone, f"/s/{prefecture.code}", status=410)
    await Area.filter(code="jy").update(name="教<育>")
    assert "教&lt;育&gt;领域" in await read(phone, f"/s/{prefecture.school}")
    await Region.filter(code=prefecture.village).update(name="新桃<花>村")
    await Body.filter(code="T1").update(phone="0871-6000000")
    await raise_version(at=at)
    await prefecture.house.organisation.refresh()
    text = await read(phone, f"/s/{prefecture.school}")
    assert "<span>新桃&lt;花&gt;村</span>" in text and ">桃花村" not in text and "tel:08716000000" in text
    assert "柳树村" in await read(phone, f"/s/{prefecture.of_other}")
    await Region.filter(code=prefecture.village).update(is_active=False)
    await raise_version(at=at)
    await prefecture.house.organisation.refresh()
    await read(phone, f"/s/{prefecture.school}", status=410)


async def test_what_is_remembered_of_pages_is_bounded(
    phone: Phone, app: web.Application, prefecture: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for limit in ("MOST_KEPT", "MOST_SPOTS"):
        monkeypatch.setattr(composing, limit, 2)
    for code in (prefecture.code, prefecture.school, prefecture.conduct, prefecture.of_group) * 2:
        assert grouped(code) in await read(phone, f"/s/{code}")
    kept = app[composing.PIECES]._kept
    assert all(1 <= len(each) <= 2 for each in (kept.places, kept.spots))
    assert not any(prefecture.code in repr(each) for each in (kept.places, kept.spots))


async def test_a_crowd_gets_each_its_own_page(phone: Phone, prefecture: Any) -> None:
    codes = [prefecture.code, prefecture.school, prefecture.conduct, prefecture.of_other] * 5
    pages = await asyncio.gather(*[read(phone, f"/s/{code}") for code in codes])
    for code, page in zip(codes, pages, strict=True):
        assert grouped(code) in page


async def test_the_letters_can_be_typed_into_a_page(phone: Phone, prefecture: Any) -> None:
    text = await read(phone, "/s/")
    assert 'action="/s/" method="get"' in text
    for typed in (
        prefecture.code.lower(),
        f" {grouped(prefecture.code)} ",
        f"http://127.0.0.1:8000/s/{prefecture.code}",
    ):
        answer = await phone.get("/s/", params={"code": typed}, allow_redirects=False)
        assert (answer.status, answer.headers["Location"]) == (303, f"/s/{prefecture.code}")


@pytest.mark.parametrize("world_name", ["sqlite"])
async def test_letters_mistyped_are_shown_again_to_be_mended(phone: Phone) -> None:
    answer = await phone.get("/s/", params={"code": '7KMP "><script>' + "A" * 500})
    text = await answer.text()
    assert answer.status == 404
    assert 'value="7KMP &#34;&gt;&lt;script&gt;' in text
    assert "A" * 100 not in text


async def test_complaints_about_discipline_staff_are_not_sent_to_the_township(
    phone: Phone, prefecture: Any
) -> None:
    text = await read(phone, f"/s/{prefecture.conduct}")
    assert "tel:08716999999" in text
    assert "6123456" not in text


@pytest.mark.parametrize(
    ("which", "status", "title"),
    [
        ("unused", 404, "没有找到这个码"),
        ("mistyped", 404, "这个码输错了"),
        ("retired", 410, "这个码已经停用"),
    ],
)
async def test_codes_that_open_nothing_say_so(
    phone: Phone, prefecture: Any, which: str, status: int, title: str
) -> None:
    code = "A" + prefecture.unused[1:] if which == "mistyped" else getattr(prefecture, which)
    text = await read(phone, f"/s/{code}", status=status)
    assert title in text
    assert "12388" in text
    assert ('name="code"' in text) == (which != "retired")
    assert "/m/" not in text


async def test_a_retired_code_leads_to_its_successor(phone: Phone, prefecture: Any) -> None:
    assert f'href="/s/{prefecture.code}"' in await read(phone, f"/s/{prefecture.retired}", status=410)


async def test_a_place_given_up_is_gone(phone: Phone, prefecture: Any) -> None:
    await Region.filter(code__in=[prefecture.village, prefecture.group]).update(is_active=False)
    await raise_version(at=prefecture.house.clock.now())
    await prefecture.house.organisation.refresh()
    await read(phone, f"/s/{prefecture.code}", status=410)


@pytest.mark.parametrize("typed", ["%00", "<script>", "A" * 4000, "..%2f..%2fetc", "码", "%F0%9F%98%80"])
async def test_nonsense_is_mistyped_and_is_not_echoed(phone: Phone, typed: str) -> None:
    text = await read(phone, f"/s/{typed}", status=404)
    assert "这个码输错了" in text
    assert "<script" not in text
    assert "AAAA" not in text


async def test_wechat_code_is_made_once_and_read_by_another_decoder(
    phone: Phone, prefecture: Any, platform: StandIn
) -> None:
    path = f"/s/{prefecture.code}/wechat.png"
    assert codes_made(platform) == []
    assert f'src="{path}"' in await read(phone, f"/s/{prefecture.code}")
    for _ in range(2):
        answer = await phone.get(path)
        assert answer.content_type == "image/png"
        image = Image.open(BytesIO(await answer.read())).convert("L")
        (found,) = zxingcpp.read_barcodes(image)
        assert platform.scenes.read(found.text) == prefecture.code
    (asked,) = codes_made(platform)
    assert asked["action_info"]["scene"]["scene_str"] == prefecture.code
    assert asked["expire_seconds"] == LIFETIME_SECONDS


async def test_a_crowd_before_the_picture_makes_one_code(
    phone: Phone, prefecture: Any, platform: StandIn
) -> None:
    answers = await asyncio.gather(*[phone.get(f"/s/{prefecture.code}/wechat.png") for _ in range(5)])
    assert {answer.status for answer in answers} == {200}
    assert len(codes_made(platform)) == 1


async def test_wechat_code_is_made_anew_before_it_expires(
    phone: Phone, prefecture: Any, platform: StandIn
) -> None:
    path = f"/s/{prefecture.code}/wechat.png"
    assert (await phone.get(path)).status == 200
    entry = await EntryCode.get(code=prefecture.code)
    assert entry.wechat_until is not None
    now = prefecture.house.clock.now()
    assert timedelta(days=29) < entry.wechat_until - now < timedelta(days=30)
    await EntryCode.filter(code=prefecture.code).update(wechat_until=now)
    assert (await phone.get(path)).status == 200
    assert len(codes_made(platform)) == 2


@pytest.mark.parametrize("world_name", ["sqlite"])
@pytest.mark.parametrize("kind", ["errcode", "status", "slow", "reset"])
async def test_without_wechat_the_page_says_how_to_type_the_code(
    phone: Phone, prefecture: Any, platform: StandIn, kind: str
) -> None:
    platform.faults.add(Fault(path="/cgi-bin/qrcode/create", kind=kind, times=None, seconds=9))  # type: ignore[arg-type]
    begun = monotonic()
    assert "把下面这个码发过去" in await read(phone, f"/s/{prefecture.code}")
    assert monotonic() - begun < wechat_codes._PATIENCE_SECONDS, "a page waits for nobody"
    for _ in range(3):
        assert (await phone.get(f"/s/{prefecture.code}/wechat.png")).status == 404
        text = await read(phone, f"/s/{prefecture.code}")
        assert "wechat.png" not in text
        assert "把下面这个码发过去" in text
    assert len(codes_made(platform)) <= 1, "a broken platform is left alone for a while"


async def test_no_wechat_code_for_codes_not_in_use(phone: Phone, prefecture: Any, platform: StandIn) -> None:
    for code in (prefecture.retired, prefecture.unused, "nonsense"):
        assert (await phone.get(f"/s/{code}/wechat.png")).status == 404
    assert codes_made(platform) == []


async def test_no_picture_for_what_is_no_code(phone: Phone) -> None:
    for typed in ("A" * 60, "23456789ABCD"):
        assert (await phone.get(f"/s/{typed}/wechat.png")).status == 404
