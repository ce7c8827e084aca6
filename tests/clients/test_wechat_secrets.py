"""No failure, however it comes about, carries a token, a secret or an address; and no call goes elsewhere."""

import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from clients.wechat import WeChatAccount, WeChatError, WeChatFailed, WeChatUnreachable

SECRET = "5ecre7"
TOKEN = "t0ken"
WORDS = "words of a villager"
OPENID = "oABCDEFGHIJKLMNOPQRSTUVWXYZ0"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Platform:
    """Gives a token, then answers every other call with `handler`, or with ok."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str, dict[str, str]]] = []
        self.handler: Handler | None = None
        self.token: dict[str, Any] = {"access_token": TOKEN, "expires_in": 7200}

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.seen.append((request.method, request.path, dict(request.query)))
        if request.path.endswith("/stable_token"):
            return web.json_response(self.token)
        return (
            await self.handler(request) if self.handler else web.json_response({"errcode": 0, "errmsg": "ok"})
        )


@pytest.fixture
async def platform() -> Platform:
    return Platform()


@pytest.fixture
async def account(platform: Platform) -> AsyncIterator[WeChatAccount]:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", platform.answer)
    async with TestServer(app) as server, aiohttp.ClientSession() as http:
        yield WeChatAccount(
            appid="wx0", secret=SECRET, http=http, base_url=str(server.make_url("/gate/")), timeout=0.4
        )


def everything_in(error: BaseException) -> str:
    """What a log, a crash report or a debugger could show of it, causes and contexts included."""
    shown = ["".join(traceback.format_exception(error))]
    chain: list[BaseException | None] = [error]
    while chain:
        link = chain.pop()
        if link is not None:
            shown += [str(link), repr(link), repr(link.args), repr(vars(link))]
            chain += [link.__cause__, link.__context__]
    return "\n".join(shown)


async def refused(account: WeChatAccount) -> WeChatError:
    with pytest.raises(WeChatError) as caught:
        await account.send_text(OPENID, WORDS)
    for secret in (SECRET, TOKEN, OPENID, WORDS, "http://"):
        assert secret not in everything_in(caught.value)
    return caught.value


async def hang_up(request: web.Request) -> web.Response:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def cut_short(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": "1000", "Content-Type": "application/json"})
    await response.prepare(request)
    await response.write(b"{")
    assert request.transport is not None
    request.transport.abort()
    return response


async def crawl(request: web.Request) -> web.StreamResponse:
    import asyncio

    response = web.StreamResponse()
    await response.prepare(request)
    for _ in range(100):
        await response.write(b"{")
        await asyncio.sleep(0.1)
    return response


def content(
    body: str | bytes, *, status: int = 200, content_type: str = "application/json", **headers: str
) -> Handler:
    async def handler(_request: web.Request) -> web.Response:
        raw = body.encode() if isinstance(body, str) else body
        return web.Response(body=raw, status=status, content_type=content_type, headers=headers)

    return handler


@pytest.mark.parametrize(
    ("handler", "reason"),
    [
        (hang_up, "connection"),
        (cut_short, "connection"),
        (crawl, "timeout"),
        (content("", status=500), "http 500"),
        (content(TOKEN, status=404), "http 404"),
        (content("", status=302, Location=f"http://127.0.0.1/?access_token={TOKEN}"), "http 302"),
        (content("<html>portal</html>", content_type="text/html"), "not-json"),
        (content(b"\xff\xfe"), "not-json"),
        (content("[" * 100_000), "not-json"),
        (content("[]"), "not-json"),
        (content('{"errcode": "x"}'), "not-json"),
        (content(""), "not-json"),
        (content(" " * 1_100_000), "too-large"),
        (content(b"not gzip", **{"Content-Encoding": "gzip"}), "connection"),
    ],
)
async def test_trouble_on_the_way_shows_nothing(
    account: WeChatAccount, platform: Platform, handler: Handler, reason: str
) -> None:
    platform.handler = handler
    error = await refused(account)
    assert isinstance(error, WeChatUnreachable)
    assert error.reason == reason
    assert error.is_passing


async def test_an_errmsg_that_repeats_what_we_sent_is_cleaned(
    account: WeChatAccount, platform: Platform
) -> None:
    message = f"bad {TOKEN} of {OPENID} with {'z' * 40}, hint rid: 65f0a1b2-0011aabb-22cc33dd"
    platform.handler = content(f'{{"errcode": 40003, "errmsg": "{message}"}}')
    error = await refused(account)
    assert isinstance(error, WeChatFailed)
    assert error.rid == "65f0a1b2-0011aabb-22cc33dd"
    assert error.errmsg == "bad … of … with …, hint"


async def test_a_token_answer_that_repeats_the_secret_is_cleaned(
    account: WeChatAccount, platform: Platform
) -> None:
    platform.token = {"errcode": 40125, "errmsg": f"invalid appsecret {SECRET}"}
    error = await refused(account)
    assert not error.is_passing


@pytest.mark.parametrize("token", [{}, {"access_token": ""}, {"access_token": 1, "expires_in": 7200}])
async def test_a_token_answer_without_a_token_is_refused(
    account: WeChatAccount, platform: Platform, token: dict[str, Any]
) -> None:
    platform.token = token
    await refused(account)


async def test_answers_without_the_promised_field_are_refused(account: WeChatAccount) -> None:
    for call in (
        account.create_qrcode("x", 60),
        account.code_to_session("code"),
        account.phone_number("code"),
        account.upload_media("image", b"x", filename="x", content_type="image/png"),
    ):
        with pytest.raises(WeChatUnreachable):
            await call


async def test_every_call_goes_to_the_configured_address(account: WeChatAccount, platform: Platform) -> None:
    await account.wxa.check_text_security("x")
    await account.post("https://api.weixin.qq.com/customservice/kfaccount/add?a=b", data={"x": 1})
    await account.get("menu/get", params={"none": None, "n": 1})
    await account.get("https://api.weixin.qq.com/sns/jscode2session", params={"js_code": "c"})
    paths = [(path, query) for _, path, query in platform.seen if not path.endswith("/stable_token")]
    token = {"access_token": TOKEN}
    assert paths == [
        ("/gate/wxa/msg_sec_check", token),
        ("/gate/customservice/kfaccount/add", {"a": "b", **token}),
        ("/gate/cgi-bin/menu/get", {"n": "1", **token}),
        ("/gate/sns/jscode2session", {"js_code": "c"}),
    ]
    for elsewhere in (
        "https://evil.example/x",
        "https://api.weixin.qq.com.evil.example/",
        "http://mp.weixin.qq.com/",
    ):
        with pytest.raises(ValueError, match="only the WeChat platform"):
            await account.get(elsewhere)


async def test_a_file_is_not_read_past_its_limit(account: WeChatAccount, platform: Platform) -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "image/jpeg"})
        await response.prepare(request)
        while True:
            await response.write(b"x" * 65_536)

    platform.handler = endless
    with pytest.raises(WeChatError) as caught:
        await account.download_media("m", max_bytes=500_000)
    assert caught.value.key == "media-unavailable"


async def test_an_empty_file_is_no_file(account: WeChatAccount, platform: Platform) -> None:
    platform.handler = content(b"", content_type="image/jpeg")
    with pytest.raises(WeChatUnreachable):
        await account.download_media("m", max_bytes=100)


async def test_the_account_does_not_show_its_secret(account: WeChatAccount) -> None:
    assert SECRET not in f"{account!r} {account}"
    with pytest.raises(AttributeError):
        _ = account.access_token
