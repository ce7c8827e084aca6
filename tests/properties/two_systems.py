"""Two systems that differ in one report: a common beginning on real HTTP, copied, and a clock that stands still."""

import asyncio
import base64
import csv
import io
import json
import shutil
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from PIL import Image

from app import build_app, opened_accounts, opened_house
from clients.clock import Clock
from console.forms import csrf_token
from console.sessions import COOKIE, begin_session
from models.entry_code import EntryCode
from models.liaison import Liaison
from models.outbox import OutboxNotice
from models.report import Report
from models.staff import Staff
from organisation.house import House
from organisation.live import raise_version
from organisation.receipts import make_number
from settings import Settings, read_settings
from tests.conftest import (
    INDEX_KEY,
    KEY,
    POSTGRES_URL,
    SAMPLE,
    World,
    flush_redis,
    run_on_postgres,
    send_guests_away,
)
from tests.factories import bind_liaison, bind_staff
from tests.journeys.system import LABELS, TEMPLATES
from wechat_standin import Person, StandIn, Template, serve
from wechat_standin import Settings as StandInSettings

STAFF = {
    row["username"]: row for row in csv.DictReader((SAMPLE / "staff.csv").read_text("utf-8-sig").splitlines())
}
CHIEF = "16900991001"
LIXI, HUADUN, OWN_VILLAGE, SHIGU = "990121101201", "990121101203", "990121102202", "990121102201"
JINQIAO = "990122001001"
ANONYMOUS = {"mode": "anonymous"}
NAMED = {"mode": "named", "name": "封不平", "phone": "13712345678"}


class StillClock(Clock):
    """One moment for both systems, so that no difference of theirs is the time's."""

    def __init__(self, at: datetime) -> None:
        super().__init__()
        self.at = at

    def now(self) -> datetime:
        return self.at


@dataclass
class Beginning:
    """What both systems have in common. `number` is kept for the report that only one of them has."""

    world: World
    at: datetime
    number: str = field(default_factory=make_number)
    cookies: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    visible: dict[str, str] = field(default_factory=dict)
    seen_photo: str = ""
    hidden_photo: str = ""
    code: str = ""


@dataclass
class Running:
    """One of the systems, served."""

    beginning: Beginning
    app: web.Application
    client: TestClient[Any, Any]
    house: House
    standin: StandIn
    has_worker: bool

    def cookie(self, username: str) -> dict[str, str]:
        return {"Cookie": f"{COOKIE}={self.beginning.cookies[username]}"}

    def bearer(self, who: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.beginning.tokens[who]}"}

    def csrf(self, username: str) -> str:
        return csrf_token(self.beginning.cookies[username], house=self.house)

    async def api(self, who: str, path: str, json: Any = None, **given: Any) -> Any:
        headers = self.bearer(who) if who in self.beginning.tokens else {}
        async with self.client.post(f"/api/v1/{path}", json=json, headers=headers, **given) as answer:
            assert answer.status == 201, await answer.text()
            return await answer.json()

    async def file(self, *, region: str, area: str = "education", **fields: Any) -> str:
        """A report of the villager; its number."""
        entry = await EntryCode.get(region_id=region, area_id=area, purpose="report")
        body = {"entry": entry.code, "level": "none", "text": "村口的路灯坏了", "identity": ANONYMOUS}
        return str((await self.api("villager", "reports", body | fields))["number"])

    async def act(self, username: str, number: str, action: str, **fields: str) -> None:
        async with self.client.post(
            f"/console/reports/{number}/{action}",
            data=fields | {"csrf_token": self.csrf(username)},
            headers=self.cookie(username),
            allow_redirects=False,
        ) as answer:
            assert answer.status == 303, await answer.text()

    async def settled(self) -> None:
        """Until no notice waits. What is said after something else of the same moment is due a little later."""
        for _ in range(500 if self.has_worker else 0):
            if not await OutboxNotice.filter(status="waiting").exists():
                return
            await asyncio.sleep(0.02)
            self.clock.at += timedelta(microseconds=100)
        assert not self.has_worker, await OutboxNotice.filter(status="waiting").values(
            "notice", "reason", "tries"
        )

    @property
    def clock(self) -> StillClock:
        assert isinstance(self.house.clock, StillClock)
        return self.house.clock

    def person(self, name: str) -> Person:
        """By username or telephone."""
        (found,) = (each for each in self.standin.people.all() if each.name == name)
        return found

    def forget_chats(self) -> None:
        """What was said until now was known."""
        for person in self.standin.people.all():
            person.chat.clear()

    def chat(self, name: str) -> list[dict[str, Any]]:
        """All that stands in the chat of `name`, the moments aside."""
        return [
            {key: value for key, value in bubble.as_json().items() if key != "at"}
            for bubble in self.person(name).chat
        ]


def settings_of(world: World, *, wechat_url: str) -> Settings:
    known = StandInSettings()
    given = {
        "DATABASE_URL": world.database_url,
        "REDIS_URL": world.redis_url,
        "PUBLIC_URL": "http://127.0.0.1:8000",
        "KEYS": base64.b64encode(KEY).decode(),
        "INDEX_KEY": base64.b64encode(INDEX_KEY).decode(),
        "MEDIA_DIR": str(world.folder / "media"),
        "WECHAT_API_URL": wechat_url,
        "OA_APPID": known.app_id,
        "OA_SECRET": known.secret,
        "OA_TOKEN": known.token,
        "OA_AES_KEY": known.aes_key,
        "MINI_APPID": known.mini_app_id,
        "MINI_SECRET": known.mini_secret,
        "TEMPLATES": json.dumps(TEMPLATES),
    }
    return read_settings({f"MASHANG_{name}": value for name, value in given.items()})


@asynccontextmanager
async def running(beginning: Beginning, *, with_worker: bool = True) -> AsyncIterator[Running]:
    """The whole application on a port, with everybody's phone on the stand-in."""
    templates = {
        str(kept["id"]): Template(
            title=name, fields={key: LABELS[v] for key, v in dict(kept["fields"]).items()}
        )
        for name, kept in TEMPLATES.items()
    }
    standin = StandIn(StandInSettings(templates=templates, people=(*STAFF, CHIEF), retries=0))
    runner = await serve(standin, port=0)
    for person in standin.people.all():
        person.following = True
    settings = settings_of(beginning.world, wechat_url=standin.public_url)
    async with opened_house(settings) as opened, opened_accounts(settings, opened.coordination) as accounts:
        house = replace(opened, clock=StillClock(beginning.at))
        app = build_app(settings, house=house, accounts=accounts, with_worker=with_worker)
        async with TestClient(TestServer(app), cookie_jar=aiohttp.DummyCookieJar()) as client:
            standin.pusher.callback_url = str(client.make_url("/wechat"))
            yield Running(beginning, app, client, house, standin, with_worker)
    await runner.cleanup()


@asynccontextmanager
async def copied(beginning: Beginning, *, folder: Path) -> AsyncIterator[Beginning]:
    """The same system once more, on files and a database of its own."""
    world = beginning.world
    shutil.copytree(world.folder, folder)
    if world.name == "sqlite":
        url = f"sqlite://{folder / 'mashang.db'}"
        yield replace(beginning, world=replace(world, folder=folder, database_url=url))
        return
    flush_redis()
    head, name = world.database_url.rsplit("/", 1)
    copy = f"{name}_{uuid.uuid4().hex[:8]}"
    # a database that somebody is connected to cannot be copied
    await send_guests_away(world.database_url)
    await run_on_postgres(POSTGRES_URL, f"CREATE DATABASE {copy} TEMPLATE {name}")
    try:
        yield replace(beginning, world=replace(world, folder=folder, database_url=f"{head}/{copy}"))
    finally:
        await run_on_postgres(POSTGRES_URL, f"DROP DATABASE {copy} WITH (FORCE)")


def photo(colour: str) -> aiohttp.FormData:
    drawn = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(drawn, "JPEG")
    form = aiohttp.FormData()
    form.add_field("file", drawn.getvalue(), filename="photo.jpg", content_type="image/jpeg")
    return form


async def begun(world: World) -> Beginning:
    """Everybody bound and signed in, a report at every kind of body, one of them long overdue."""
    made = Beginning(world=world, at=datetime.now(UTC).replace(microsecond=0))
    async with running(made) as system:
        house = system.house
        await _bind_everybody(system)
        await _sign_in_everybody(system)
        await raise_version(at=made.at)
        await house.organisation.refresh()
        late = StillClock(made.at - timedelta(days=12))
        async with _at(system, late):
            made.visible["late"] = await system.file(region=LIXI, level="none", text="桥断了没人管")
            await system.settled()
        visible = made.visible
        made.seen_photo = (await system.api("villager", "attachments", data=photo("red")))["id"]
        made.hidden_photo = (await system.api("villager", "attachments", data=photo("blue")))["id"]
        words = {
            "level": "village",
            "text": "村里账目不公开",
            "identity": NAMED,
            "attachments": [made.seen_photo],
        }
        visible["village"] = await system.file(region=LIXI, **words)
        visible["hua"] = await system.file(region=HUADUN, level="village", text="低保评议没有公示")
        visible["shigu"] = await system.file(region=SHIGU, text="水渠堵了")
        visible["township"] = await system.file(region=LIXI, level="township", text="镇里拖欠工钱")
        visible["department"] = await system.file(region=LIXI, level="department", text="学校食堂乱收费")
        visible["county"] = await system.file(region=LIXI, level="county", text="招投标有问题")
        visible["discipline"] = await system.file(region=LIXI, level="discipline", text="办案的人吃请")
        visible["other-county"] = await system.file(region=JINQIAO, text="路面塌了")
        made.visible["another"] = await _another_files(system)
        made.code = (await Report.get(number=visible["village"])).entry_id
        await system.settled()
        await system.act("hetang-1", visible["village"], "accept", kind="clue")
        await system.act("hetang-2", visible["village"], "reply", text="已经收到，正在核实。")
        await system.settled()
        # known since the version the reports of now were matched at: one matched earlier would have to wait
        await Staff.filter(username="shigu-2").update(known_since=house.organisation.table.version)
    # in the middle of a second, so that what is said in whole seconds stays
    return replace(made, at=made.at + timedelta(seconds=1.5))


@asynccontextmanager
async def _at(system: Running, clock: StillClock) -> AsyncIterator[None]:
    kept, system.clock.at = system.clock.at, clock.at
    yield
    system.clock.at = kept


async def _bind_everybody(system: Running) -> None:
    for person in system.standin.people.all():
        if person.name == CHIEF:
            await bind_liaison(system.house, await Liaison.get(phone=CHIEF), openid=person.openid)
        else:
            await bind_staff(system.house, await Staff.get(username=person.name), openid=person.openid)


async def _sign_in_everybody(system: Running) -> None:
    made = system.beginning
    for username in STAFF:
        staff = await Staff.get(username=username)
        made.cookies[username] = await begin_session(staff, is_complete=True, house=system.house)
    people = {person.name: person for person in system.standin.people.all()}
    for who in ("villager", "another"):
        made.tokens[who] = (await system.api("", "sessions", {}))["token"]
    login = system.standin.mini_login(people[CHIEF].openid)
    made.tokens["liaison"] = (await system.api("", "sessions", {"js_code": login}))["token"]


async def _another_files(system: Running) -> str:
    entry = await EntryCode.get(region_id=LIXI, area_id="health", purpose="report")
    body = {"entry": entry.code, "level": "none", "text": "卫生室没有药", "identity": ANONYMOUS}
    filed = await system.api("another", "reports", body)
    opened = await system.api("", "receipts", {"receipt": filed["receipt"]})
    system.beginning.tokens["receipt"] = opened["token"]
    return str(filed["number"])


async def file_hidden(
    system: Running, monkeypatch: pytest.MonkeyPatch, *, region: str, **fields: Any
) -> Report:
    """The one report that the other system has not, under a number that is known beforehand."""
    made = system.beginning
    with monkeypatch.context() as patched:
        patched.setattr("intake.submit.make_number", lambda: made.number)
        await system.file(region=region, attachments=[made.hidden_photo], **fields)
    return await Report.get(number=made.number)
