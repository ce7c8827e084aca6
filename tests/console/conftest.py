"""The console on a test server, and a browser without JavaScript to walk through it."""

import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from html import unescape

import pyotp
import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient
from tortoise.transactions import in_transaction

from console.app import make_console
from models.choices import Role
from models.staff import Staff
from organisation.credentials import hash_password, seal_totp_secret
from organisation.house import HOUSE, House
from tests.casework.conftest import clock_moves, county, file, viewer
from tests.factories import make_staff

__all__ = ["clock_moves", "county", "file", "viewer"]

PASSWORD = "correct horse 电池"
# made once: it is meant to be slow
HASH = hash_password(PASSWORD)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
TOKEN = re.compile(r'name="csrf_token" value="([0-9a-f]+)"')
NUMBERS = re.compile(r'data-number="(\w+)" data-status="(\w+)" data-body="([\w-]+)"')


class Browser:
    """Keeps cookies, reads the token off the page it stands on, follows no redirect by itself."""

    def __init__(self, client: TestClient, house: House) -> None:
        self.client, self.house = client, house
        self.token = ""
        self.text = ""

    async def get(self, path: str) -> ClientResponse:
        answer = await self.client.get(path, allow_redirects=False)
        return await self._read(answer)

    async def post(self, path: str, **fields: str) -> ClientResponse:
        fields.setdefault("csrf_token", self.token)
        return await self._read(await self.client.post(path, data=fields, allow_redirects=False))

    async def _read(self, answer: ClientResponse) -> ClientResponse:
        if answer.content_type == "text/html":
            self.text = unescape(await answer.text())
            found = TOKEN.search(self.text)
            self.token = found.group(1) if found else self.token
        return answer

    async def sign_in(self, username: str, *, password: str = PASSWORD) -> "Browser":
        await self.get("/console/login")
        answer = await self.post("/console/login", username=username, password=password)
        assert answer.status == 303, self.text
        await self.get("/console/login")
        if 'name="otp"' in self.text:
            answer = await self.post("/console/login", otp=self.code())
            assert answer.status == 303, self.text
        await self.get("/console/reports")
        return self

    def code(self, *, secret: str = SECRET, ahead: int = 0) -> str:
        return pyotp.TOTP(secret).at(self.house.clock.now() + timedelta(seconds=ahead))

    def rows(self) -> list[tuple[str, str, str]]:
        return NUMBERS.findall(self.text)


Open = Callable[[], Awaitable[Browser]]


@pytest.fixture
async def office(county: House) -> House:
    """Everybody has the same password and, where one is needed, the same one-time-code secret."""
    async with in_transaction():
        await make_staff("root", body="HEAD", role=Role.OPERATOR, name="操作员", confirmed_at=None)
        await make_staff("city-approver", body="CITY", role=Role.APPROVER, name="审批人")
        await Staff.all().update(password_hash=HASH)
        for staff in await Staff.filter(role__not=Role.HANDLER):
            staff.sealed_totp_secret = seal_totp_secret(SECRET, username=staff.username, vault=county.vault)
            await staff.save(update_fields=["sealed_totp_secret"])
    return county


@pytest.fixture
async def opened_browser(office: House, aiohttp_client) -> Open:
    app = web.Application()
    app[HOUSE] = office
    app.add_subapp("/console", make_console(office))

    async def fresh() -> Browser:
        return Browser(await aiohttp_client(app), office)

    return fresh


@pytest.fixture
async def browser(opened_browser: Open) -> Browser:
    return await opened_browser()
