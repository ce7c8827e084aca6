"""A platform that shares the house's clock, our account on it, and a desk that writes reports and notices."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import pytest

from clients.wechat import WeChatAccount
from clients.writes import write
from delivery.outbox import Recipient, notices
from delivery.templates import Template, read_templates
from delivery.worker import run_worker
from intake.draft import chat_reporter
from models.choices import Channel, Level, Purpose, Speaker, Status
from models.conversation import Conversation
from models.fields import new_id
from models.liaison import Liaison
from models.message import Message
from models.outbox import OutboxNotice
from models.report import Report
from models.staff import Staff
from organisation.house import House
from organisation.receipts import make_number
from tests.factories import EAST_VILLAGE, bind_liaison, bind_staff, make_entry, make_organisation
from vault.keys import DataKey
from wechat_standin import Bubble, Person, Settings, StandIn, serve

TEMPLATES = read_templates(
    {
        "report_new": {"id": "T-NEW", "fields": {"thing1": "place", "thing2": "area", "time3": "time"}},
        "report_reply": {"id": "T-REPLY", "fields": {"character_string1": "number", "time2": "time"}},
        "report_progress": {
            "id": "T-PROGRESS",
            "fields": {"character_string1": "number", "phrase2": "status", "time3": "time"},
        },
    }
)
WHERE = {"place": "东河镇柳树村", "area": "教育", "time": "2026年11月23日 10:00"}


@dataclass
class Desk:
    house: House
    standin: StandIn
    wechat: WeChatAccount
    templates: dict[str, Template] = field(default_factory=lambda: dict(TEMPLATES))
    count: int = 0

    def now(self) -> datetime:
        return self.house.clock.now()

    def later(self, seconds: float) -> None:
        self.standin.clock.advance(seconds)

    async def person(self, *, left: int = 5, is_open: bool = True) -> Person:
        """A follower with a conversation; with `is_open` the platform's window and ours are open."""
        person = self.standin.add_person()
        person.following = True
        if is_open:
            person.windows.open_message(now=self.standin.clock.now())
        id = new_id()
        key, wrapped = self.house.vault.new_key(place=f"conversation:{id}:key")
        await Conversation.create(
            id=id,
            person_index=self.house.vault.index("oa", person.openid),
            data_key=wrapped,
            sealed_openid=key.seal_text(person.openid, place=f"conversation:{id}:openid"),
            sealed_state=key.seal_json({}, place=f"conversation:{id}:state"),
            window_until=self.now() + timedelta(hours=48) if is_open else None,
            window_left=left if is_open else 0,
            changed_at=self.now(),
        )
        return person

    async def conversation(self, person: Person) -> Conversation:
        return await Conversation.get(person_index=self.house.vault.index("oa", person.openid))

    async def report(
        self, person: Person | None = None, *, owner: str = "T-EAST", channel: Channel = Channel.CHAT
    ) -> tuple[Report, DataKey]:
        id = new_id()
        key, wrapped = self.house.vault.new_key(place=f"report:{id}:key")
        entry = await make_entry()
        openid = person.openid if person else "anonymous"
        report = await Report.create(
            id=id,
            number=make_number(),
            receipt_index=new_id(),
            data_key=wrapped,
            owner_id=owner,
            status=Status.RECEIVED,
            level=Level.NONE,
            purpose=Purpose.REPORT,
            channel=channel,
            entry_id=entry.code,
            area_id="education",
            region_id=EAST_VILLAGE,
            reporter_index=chat_reporter(openid, vault=self.house.vault),
            sealed_reporter=key.seal_json(
                {"openid": openid, "conversation": None}, place=f"report:{id}:reporter"
            ),
            sealed_details=key.seal_json({}, place=f"report:{id}:details"),
            matched_version=self.house.organisation.table.version,
            submitted_at=self.now(),
            owned_at=self.now(),
        )
        return report, key

    async def reply(self, report: Report, key: DataKey, *, text: str) -> OutboxNotice:
        id = new_id()
        sealed = key.seal_text(text, place=f"message:{id}:text")
        await Message.create(
            id=id, report=report, speaker=Speaker.STAFF, sealed_text=sealed, said_at=self.now()
        )
        payload = {"number": report.number, "time": self.now().isoformat()}
        return await self.notice("report_reply", report, key, payload=payload, message_id=id)

    async def notice(self, name: str, report: Report, key: DataKey, **more: Any) -> OutboxNotice:
        self.count += 1
        values: dict[str, Any] = {"payload": WHERE, "at": self.now(), "dedupe": f"{name}:{self.count}"} | more
        whom = {field: values.pop(field) for field in ("dedupe", "staff_id", "liaison_id") if field in values}
        await write(*notices([Recipient(**whom)], notice=name, report=report, key=key, **values))
        return await OutboxNotice.get(dedupe_key=whom["dedupe"])

    async def bound_staff(self, username: str = "t-east-a") -> tuple[Staff, Person]:
        person = self.standin.add_person()
        person.following = True
        staff = await Staff.get(username=username)
        await bind_staff(self.house, staff, openid=person.openid)
        return staff, person

    async def bound_liaison(self, phone: str = "13900000001") -> tuple[Liaison, Person]:
        person = self.standin.add_person()
        person.following = True
        liaison = await Liaison.get(phone=phone)
        await bind_liaison(self.house, liaison, openid=person.openid)
        return liaison, person

    @asynccontextmanager
    async def working(self, workers: int = 1) -> AsyncIterator[None]:
        house = self.house
        tasks = [
            asyncio.create_task(
                run_worker(
                    vault=house.vault,
                    clock=house.clock,
                    coordination=house.coordination,
                    timezone=house.timezone,
                    wechat=self.wechat,
                    templates=self.templates,
                )
            )
            for _ in range(workers)
        ]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def settled(self) -> None:
        """Until nothing waits."""
        async with asyncio.timeout(20):
            while await OutboxNotice.filter(status="waiting").exists():
                await asyncio.sleep(0.03)

    async def carry(self, *, workers: int = 1) -> None:
        async with self.working(workers):
            await self.settled()

    async def tried(self, notice: OutboxNotice, *, times: int = 1) -> OutboxNotice:
        """The row after so many tries that have ended."""
        async with asyncio.timeout(20):
            while True:
                row = await OutboxNotice.get(id=notice.id)
                if row.tries >= times and row.lease_until is None:
                    return row
                await asyncio.sleep(0.02)


def shown(person: Person, *, kind: str) -> list[Bubble]:
    return [bubble for bubble in person.chat if bubble.kind == kind]


def texts(person: Person) -> list[str]:
    return [str(bubble.content["text"]) for bubble in shown(person, kind="custom")]


@pytest.fixture
async def desk(house: House, world: Any) -> AsyncIterator[Desk]:
    standin = StandIn(
        Settings(
            clock_file=world.folder / "clock", push_timeout=0.2, retries=0, callback_url="http://127.0.0.1:9/"
        )
    )
    runner = await serve(standin, port=0)
    await make_organisation(house)
    async with aiohttp.ClientSession() as http:
        wechat = WeChatAccount(
            appid=standin.settings.app_id,
            secret=standin.settings.secret,
            http=http,
            base_url=standin.public_url,
            redis=house.coordination.redis,
            timeout=5.0,
        )
        yield Desk(house=house, standin=standin, wechat=wechat)
    await runner.cleanup()
