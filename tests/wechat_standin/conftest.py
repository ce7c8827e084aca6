"""A stand-in on a free port, and a small account server that the tests tell what to answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from wechat_standin import Settings, StandIn, serve
from wechat_standin.xmlform import from_xml, to_xml


@dataclass
class Account:
    """Decrypts what arrives; `answer` is a plain reply dict, raw bytes, a status, or None for `success`."""

    standin: StandIn | None = None
    answer: Any = None
    delay: float = 0.0
    delays: list[float] = field(default_factory=list)
    got: list[dict[str, Any]] = field(default_factory=list)
    queries: list[dict[str, str]] = field(default_factory=list)
    url: str = ""

    async def handle(self, request: web.Request) -> web.Response:
        assert self.standin is not None
        crypt = self.standin.pusher.crypt
        query = dict(request.query)
        if request.method == "GET":
            good = crypt.is_signed(
                given=query["signature"], timestamp=query["timestamp"], nonce=query["nonce"]
            )
            return web.Response(text=query["echostr"]) if good else web.Response(status=403)
        fields = from_xml(await request.read())
        if "Encrypt" in fields:
            assert query["encrypt_type"] == "aes"
            assert crypt.is_signed(
                given=query["msg_signature"],
                timestamp=query["timestamp"],
                nonce=query["nonce"],
                encrypted=fields["Encrypt"],
            )
            fields = from_xml(crypt.decrypt(fields["Encrypt"]))
        self.got.append(fields)
        self.queries.append(query)
        await asyncio.sleep(self.delays.pop(0) if self.delays else self.delay)
        return self.reply(fields)

    def reply(self, fields: dict[str, Any]) -> web.Response:
        assert self.standin is not None
        if isinstance(self.answer, int):
            return web.Response(status=self.answer)
        if isinstance(self.answer, bytes):
            return web.Response(body=self.answer)
        if self.answer is None:
            return web.Response(text="success")
        head = {
            "ToUserName": fields["FromUserName"],
            "FromUserName": fields["ToUserName"],
            "CreateTime": 1700000000,
        }
        plain = to_xml({**head, **self.answer})
        if self.standin.pusher.mode == "plain":
            return web.Response(text=plain)
        return web.Response(text=self.seal(plain.encode()))

    def seal(self, plain: bytes) -> str:
        assert self.standin is not None
        crypt = self.standin.pusher.crypt
        encrypted = crypt.encrypt(plain)
        return to_xml(
            {
                "Encrypt": encrypted,
                "MsgSignature": crypt.signature(timestamp="1700000001", nonce="77", encrypted=encrypted),
                "TimeStamp": 1700000001,
                "Nonce": "77",
            }
        )


@dataclass
class Api:
    """Calls the platform's API as a product would."""

    standin: StandIn
    session: aiohttp.ClientSession

    async def get(self, path: str, **query: Any) -> Any:
        async with self.session.get(self.standin.public_url + path, params=query) as answer:
            if answer.content_type in ("application/json", "text/plain"):
                return await answer.json(content_type=None)
            return await answer.read()

    async def post(self, path: str, body: Any = None, *, raw: bytes | None = None, **query: Any) -> Any:
        import json

        data = raw if raw is not None else json.dumps(body or {}, ensure_ascii=False).encode()
        async with self.session.post(self.standin.public_url + path, params=query, data=data) as answer:
            if answer.content_type in ("application/json", "text/plain"):
                return await answer.json(content_type=None)
            return await answer.read()

    async def token(self, *, mini: bool = False) -> str:
        settings = self.standin.settings
        app_id, secret = settings.app_id, settings.secret
        if mini:
            app_id, secret = settings.mini_app_id, settings.mini_secret
        got = await self.post(
            "/cgi-bin/stable_token", {"grant_type": "client_credential", "appid": app_id, "secret": secret}
        )
        return str(got["access_token"])

    async def custom(self, openid: str, text: str = "您好") -> int:
        body = {"touser": openid, "msgtype": "text", "text": {"content": text}}
        got = await self.post("/cgi-bin/message/custom/send", body, access_token=await self.token())
        return int(got["errcode"])

    async def template(self, openid: str, data: dict[str, str], **more: Any) -> dict[str, Any]:
        body = {
            "touser": openid,
            "template_id": "T1",
            "data": {key: {"value": value} for key, value in data.items()},
            **more,
        }
        got: dict[str, Any] = await self.post(
            "/cgi-bin/message/template/send", body, access_token=await self.token()
        )
        return got


@pytest.fixture
async def account() -> AsyncIterator[Account]:
    made = Account()
    app = web.Application()
    app.add_routes([web.route("*", "/wechat", made.handle)])
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/wechat"
    yield made
    await runner.cleanup()


@pytest.fixture
async def standin(account: Account) -> AsyncIterator[StandIn]:
    made = StandIn(Settings(callback_url=account.url, retry_pause=0.0))
    account.standin = made
    runner = await serve(made, port=0)
    yield made
    await runner.cleanup()


@pytest.fixture
async def api(standin: StandIn) -> AsyncIterator[Api]:
    async with aiohttp.ClientSession() as session:
        yield Api(standin, session)
