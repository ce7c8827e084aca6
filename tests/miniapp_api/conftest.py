"""The API on a real server over both databases, with one villager's phone or several."""

import io
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from PIL import Image
from playwright.async_api import Page

from clients.wechat import WeChatAccount
from miniapp_api.operations import MINI
from miniapp_api.routes import add_routes
from models.entry_code import EntryCode
from organisation.house import HOUSE, House
from tests.factories import make_entry, make_organisation
from tests.miniapp_api.browsing import phone_page
from tests.miniapp_api.documented import undocumented
from wechat_standin import Settings, StandIn, serve

COUNT = itertools.count()
ANONYMOUS = {"mode": "anonymous"}


@dataclass
class Answer:
    status: int
    body: Any
    headers: Any
    raw: bytes


@dataclass
class Phone:
    """Speaks to the API; with a token once it signed in."""

    client: TestClient[Any, Any]
    token: str = ""
    more: dict[str, str] = field(default_factory=dict)

    async def ask(self, method: str, path: str, *, key: str = "", **given: Any) -> Answer:
        headers = dict(self.more) | given.pop("headers", {})
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if key:
            headers["Idempotency-Key"] = key
        async with self.client.request(method, f"/api/v1{path}", headers=headers, **given) as response:
            raw = await response.read()
            body = await response.json(content_type=None) if "json" in response.content_type else None
            assert not (gap := undocumented(method, path, status=response.status, body=body)), gap
            return Answer(response.status, body, response.headers, raw)

    async def get(self, path: str, **given: Any) -> Answer:
        return await self.ask("GET", path, **given)

    async def post(self, path: str, json: Any = None, **given: Any) -> Answer:
        return await self.ask("POST", path, json=json, **given)

    async def sign_in(self, js_code: str = "") -> "Phone":
        answer = await self.post("/sessions", {"js_code": js_code} if js_code else {})
        assert answer.status == 201, answer.body
        self.token = answer.body["token"]
        return self

    async def upload(self, content: bytes, **given: Any) -> Answer:
        form = aiohttp.FormData()
        form.add_field("file", content, filename="../../etc/passwd.html", content_type="text/html")
        return await self.ask("POST", "/attachments", data=form, **given)

    async def file(self, entry: str, **fields: Any) -> Answer:
        body = {"entry": entry, "level": "none", "text": "路坏了", "identity": ANONYMOUS} | fields
        key = fields.pop("key", "")
        body.pop("key", None)
        return await self.post("/reports", body, key=key)


@pytest.fixture
async def standin() -> AsyncIterator[StandIn]:
    platform = StandIn(Settings(callback_url="http://127.0.0.1:1/wechat", retries=0, push_timeout=0.2))
    runner = await serve(platform, port=0)
    yield platform
    await runner.cleanup()


@pytest.fixture
async def mini(standin: StandIn) -> AsyncIterator[WeChatAccount]:
    settings = standin.settings
    async with aiohttp.ClientSession() as http:
        yield WeChatAccount(
            appid=settings.mini_app_id,
            secret=settings.mini_secret,
            http=http,
            base_url=standin.public_url,
            timeout=2,
        )


@pytest.fixture
async def client(house: House, mini: WeChatAccount) -> AsyncIterator[TestClient[Any, Any]]:
    await make_organisation(house)
    app = web.Application()
    app[HOUSE] = house
    app[MINI] = mini
    add_routes(app)
    async with TestClient(TestServer(app)) as opened:
        yield opened


@pytest.fixture
async def page(client: TestClient[Any, Any]) -> AsyncIterator[Page]:
    async for opened in phone_page():
        yield opened


@pytest.fixture
async def entry(client: TestClient[Any, Any]) -> EntryCode:
    return await make_entry()


@pytest.fixture
async def phone(client: TestClient[Any, Any]) -> Phone:
    return await Phone(client).sign_in()


@pytest.fixture
def another(client: TestClient[Any, Any]) -> Callable[[], Awaitable[Phone]]:
    async def make() -> Phone:
        return await Phone(client).sign_in()

    return make


@pytest.fixture
def photo() -> bytes:
    buffer = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "SECRET-PHONE"
    Image.new("RGB", (60, 40), "red").save(buffer, "JPEG", exif=exif, comment=b"SECRET-PHONE")
    return buffer.getvalue()


@pytest.fixture
def at(house: House) -> Callable[[float], None]:
    """Shifts the clock to so many seconds from now."""

    def shift(seconds: float) -> None:
        house.clock._offset_file.write_text(str(seconds))  # type: ignore[union-attr]

    return shift
