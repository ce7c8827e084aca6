"""What WeChat makes for us: permanent codes that are counted, mini-program codes, and files by which it knows us."""

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestClient, TestServer

from clients.wechat import WeChatAccount, WeChatUnreachable
from models.entry_code import EntryCode
from organisation.house import HOUSE
from qrcodes.account_codes import AccountCodes, lacking_for, make_account_codes
from qrcodes.errors import AccountCodesMissing, AccountCodesSpent, MiniPageWrong, VerifyFilesWrong
from qrcodes.mini_codes import MINI_CODES, MiniCodes, read_page
from qrcodes.posters import Wanted, print_posters
from qrcodes.routes import add_routes
from qrcodes.verify_files import VERIFY_FILES, read_verify_files
from wechat_standin import Settings, StandIn, serve
from wechat_standin.faults import Fault

PAGE = "pages/entry/index"
URL = "https://jiandu.example.cn"
CREATE, DRAW = "/cgi-bin/qrcode/create", "/wxa/getwxacodeunlimit"


@pytest.fixture
async def platform() -> AsyncIterator[StandIn]:
    standin = StandIn(Settings(permanent_codes=3, mini_pages=frozenset({PAGE})))
    runner = await serve(standin, port=0)
    yield standin
    await runner.cleanup()


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession() as made:
        yield made


@pytest.fixture
def account(platform: StandIn, http: ClientSession) -> WeChatAccount:
    known = platform.settings
    return WeChatAccount(appid=known.app_id, secret=known.secret, http=http, base_url=platform.public_url)


@pytest.fixture
def mini(platform: StandIn, http: ClientSession) -> WeChatAccount:
    known = platform.settings
    return WeChatAccount(
        appid=known.mini_app_id, secret=known.mini_secret, http=http, base_url=platform.public_url
    )


def calls(platform: StandIn, path: str) -> list[Any]:
    return [call for call in platform.record.calls if call.path == path]


async def made(prefecture: Any, account: WeChatAccount, *, region: str = "", **more: Any) -> AccountCodes:
    wanted, table = Wanted(public_url=URL, via="account"), prefecture.house.organisation.table
    lacking = await lacking_for(wanted, region=region or prefecture.village, table=table)
    return await make_account_codes(lacking, account=account, progress=lambda _done, _total: None, **more)


async def test_a_poster_holds_the_account_s_permanent_code(
    prefecture: Any, account: WeChatAccount, platform: StandIn, tmp_path: Path
) -> None:
    printed = partial(
        print_posters,
        Wanted(public_url=URL, via="account"),
        region=prefecture.village,
        out=tmp_path / "p.pdf",
        progress=lambda _done, _total: None,
        at=prefecture.house.clock.now(),
        by="system",
    )
    with pytest.raises(AccountCodesMissing):
        await printed()
    assert await made(prefecture, account) == AccountCodes(made=2, left=99_998)
    assert {call.body["action_name"] for call in calls(platform, CREATE)} == {"QR_LIMIT_STR_SCENE"}
    await printed()
    with pypdfium2.PdfDocument(tmp_path / "p.pdf") as document:
        links = [
            zxingcpp.read_barcodes(page.render(scale=2).to_pil().convert("L"))[0].text for page in document
        ]
    assert [platform.scenes.read(link) for link in links] == [prefecture.school, prefecture.code]


async def test_they_are_counted_for_ever_and_refused_before_the_first(
    prefecture: Any, account: WeChatAccount, platform: StandIn
) -> None:
    await made(prefecture, account, limit=3)
    await EntryCode.filter(code=prefecture.school).update(status="retired")
    assert (await made(prefecture, account, limit=3)).left == 1, "those of retired codes count too"
    before = len(calls(platform, CREATE))
    assert before == 2, "nothing is asked for twice"
    with pytest.raises(AccountCodesSpent) as refused:
        await made(prefecture, account, region=prefecture.township, limit=2)
    assert "只剩 0 个，这次要用 1 个" in refused.value.message
    assert len(calls(platform, CREATE)) == before
    assert AccountCodes(made=1, left=9_999).are_running_out


async def test_what_was_made_is_kept_when_wechat_goes_away_or_has_no_more(
    prefecture: Any, account: WeChatAccount, platform: StandIn
) -> None:
    await account.create_qrcode("by-somebody-else")
    await account.create_qrcode("by-somebody-else-2")
    with pytest.raises(AccountCodesSpent):
        await made(prefecture, account)
    assert await EntryCode.filter(account_url__not_isnull=True).count() == 1


async def shown(prefecture: Any, mini: WeChatAccount, *, page: str = PAGE) -> TestClient[Any, Any]:
    app = web.Application()
    app[HOUSE] = prefecture.house
    app[MINI_CODES] = MiniCodes(mini, page=page, clock=prefecture.house.clock)
    app[VERIFY_FILES] = read_verify_files("8kQpZ1.txt:0a1b2c,MP_verify_x.txt:x")
    add_routes(app)
    return TestClient(TestServer(app))


@pytest.mark.parametrize("world_name", ["sqlite"])
async def test_the_mini_program_s_code_brings_the_entry(
    prefecture: Any, mini: WeChatAccount, platform: StandIn
) -> None:
    async with await shown(prefecture, mini) as phone:
        path = f"/s/{prefecture.code}/mini.jpg"
        assert f'src="{path}"' in await (await phone.get(f"/s/{prefecture.code}")).text()
        assert calls(platform, DRAW) == [], "the page itself waits for nobody"
        for _ in range(2):
            assert (await phone.get(path)).status == 200
        assert (await phone.get(f"/s/{prefecture.retired}/mini.jpg")).status == 404
    (call,) = calls(platform, DRAW)
    assert call.body | {"width": 0} == {
        "scene": prefecture.code,
        "page": PAGE,
        "check_path": True,
        "env_version": "release",
        "width": 0,
    }


@pytest.mark.parametrize("world_name", ["sqlite"])
async def test_a_page_that_is_not_released_leaves_the_picture_out(
    prefecture: Any, mini: WeChatAccount, platform: StandIn
) -> None:
    async with await shown(prefecture, mini, page="pages/other") as phone:
        assert (await phone.get(f"/s/{prefecture.code}/mini.jpg")).status == 404
        assert "mini.jpg" not in await (await phone.get(f"/s/{prefecture.code}")).text()
    async with await shown(prefecture, mini, page="pages/other@trial") as phone:
        assert (await phone.get(f"/s/{prefecture.code}/mini.jpg")).status == 200
    assert calls(platform, DRAW)[-1].body["check_path"] is False
    assert calls(platform, DRAW)[-1].body["env_version"] == "trial"


@pytest.mark.parametrize("world_name", ["sqlite"])
async def test_wechat_finds_its_file_in_the_folder_of_the_rule_and_at_the_root(
    prefecture: Any, mini: WeChatAccount
) -> None:
    async with await shown(prefecture, mini) as phone:
        for path in ("/s/8kQpZ1.txt", "/8kQpZ1.txt"):
            answer = await phone.get(path)
            assert (answer.status, answer.content_type, await answer.text()) == (200, "text/plain", "0a1b2c")
        assert (await phone.get("/s/other.txt")).status == 404


def test_settings_of_walls_are_read_whole() -> None:
    assert read_verify_files("") == {}
    assert read_page("pages/a/b") == ("pages/a/b", "release")
    for wrong in ("a.txt", "../a.txt:x", "a.txt:x,", "a.html:x", "a.txt:<b>\n"):
        with pytest.raises(VerifyFilesWrong):
            read_verify_files(wrong)
    for wrong in ("", "/pages/a", "pages/a?x=1", "pages/a@beta"):
        with pytest.raises(MiniPageWrong):
            read_page(wrong)


async def test_a_platform_that_is_away_is_said(
    prefecture: Any, account: WeChatAccount, platform: StandIn
) -> None:
    platform.faults.add(Fault(path=CREATE, kind="status", times=None))
    with pytest.raises(WeChatUnreachable):
        await made(prefecture, account)
