"""Reads story files and tells them to the real callback; the WeChat platform is the stand-in's."""

import asyncio
import random
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from access.viewer import viewer_of
from bot import callback
from bot.envelope import Envelope
from bot.hearing.sayings import Sayings
from bot.reminding import remind
from bot.turnstile import Turnstile
from casework.accept import accept
from casework.approve import approve
from casework.ask import ask
from casework.assist import assist
from casework.dispose import dispose
from casework.end_consult import end_consult
from casework.feedback import feedback
from casework.reply import reply
from clients.wechat import WeChatAccount
from delivery.parts import PART_BYTES
from delivery.quotas import Quotas
from delivery.worker import run_worker
from intake.draft import chat_reporter
from intake.tidying import tidy
from models.attachment import Attachment
from models.body import Body
from models.choices import LiaisonRole
from models.disclosure import Disclosure
from models.entry_code import EntryCode
from models.liaison import Liaison
from models.message import Message
from models.region import Region
from models.report import Report
from models.staff import Staff
from organisation.credentials import bind_code_index
from organisation.house import House
from organisation.importing import tables
from organisation.importing.applying import import_batch
from organisation.importing.rows import batch_of_rows
from retention.short_lived import forget
from tests.bot.chatting import NUMBER, RECEIPT
from tests.delivery.conftest import TEMPLATES
from tests.factories import make_entry, make_liaison
from wechat_standin import Person, Settings, StandIn, serve
from wechat_standin.record import Push

STORIES = Path(__file__).parent / "stories"
LINE = re.compile(r"(?P<who>[^\s：]+)(?:\s+(?P<verb>[^\s：]+))?(?:[\s：]+(?P<rest>.*))?", re.DOTALL)
UNITS = {"天": 86400, "小时": 3600, "分钟": 60}
AREAS = {"教育": "education", "林业": "forestry"}
_phones = count(13_700_000_000)


@dataclass(frozen=True)
class Line:
    number: int
    is_expected: bool
    text: str


@dataclass(frozen=True)
class Story:
    name: str
    promise: str
    lines: tuple[Line, ...]

    @property
    def moves_time(self) -> bool:
        return any(line.text.startswith("过 ") for line in self.lines)


def read_stories() -> list[Story]:
    stories = []
    for path in sorted(STORIES.glob("*.txt")):
        raw = path.read_text("utf-8").splitlines()
        lines = tuple(
            Line(number, text.startswith(" "), text.strip().replace("\\n", "\n"))
            for number, text in enumerate(raw[1:], start=2)
            if text.strip()
        )
        stories.append(Story(path.stem, raw[0].lstrip("# "), lines))
    return stories


@dataclass
class Stage:
    """The account's server and the platform; `restart` waits until no push is on its way."""

    house: House
    standin: StandIn
    rand: random.Random
    runner: web.AppRunner | None = None
    turnstile: Turnstile | None = None
    wechat: WeChatAccount | None = None
    on_their_way: int = 0
    idle: asyncio.Condition = field(default_factory=asyncio.Condition)
    entries: dict[tuple[str, ...], EntryCode] = field(default_factory=dict)

    async def start(self) -> None:
        app, turnstile = web.Application(), Turnstile(self.house)
        self.turnstile = turnstile
        settings = self.standin.settings
        app[callback.TURNSTILE] = turnstile
        app[callback.ENVELOPE] = Envelope(
            appid=settings.app_id, token=settings.token, aes_keys=(settings.aes_key,)
        )
        callback.add_routes(app)

        async def running(_app: web.Application) -> AsyncIterator[None]:
            task = asyncio.create_task(turnstile.run())
            yield
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

        app.cleanup_ctx.append(running)
        self.runner = web.AppRunner(app, access_log=None)
        await self.runner.setup()
        site = web.TCPSite(self.runner, "127.0.0.1", 0)
        await site.start()
        self.standin.pusher.callback_url = f"http://127.0.0.1:{self.runner.addresses[0][1]}/wechat"

    async def restart(self) -> None:
        async with self.idle:
            await self.idle.wait_for(lambda: not self.on_their_way)
            assert self.runner is not None
            await self.runner.cleanup()
            await self.start()

    @asynccontextmanager
    async def carrying(self) -> AsyncIterator[None]:
        async with self.idle:
            self.on_their_way += 1
        try:
            yield
        finally:
            async with self.idle:
                self.on_their_way -= 1
                self.idle.notify_all()

    async def entry(self, place: str, area: str = "教育", purpose: str = "report") -> EntryCode:
        key = (place, area, purpose)
        if key not in self.entries:
            region = await Region.get(name=place)
            self.entries[key] = await make_entry(region.code, area=AREAS[area], purpose=purpose)
        return self.entries[key]

    async def viewer(self, report: Report, role: str) -> Any:
        staff = await Staff.filter(body_id=report.owner_id, role=role).first()
        assert staff is not None
        body = await Body.get(code=staff.body_id)
        county = self.house.organisation.table.county_of(body.region_id) or ""
        return viewer_of(staff, body=body, county_code=county, vault=self.house.vault)


@asynccontextmanager
async def a_stage(house: House, clock_file: Path, *, seed: int) -> AsyncIterator[Stage]:
    standin = StandIn(Settings(clock_file=clock_file, retries=0, push_timeout=8))
    platform = await serve(standin, port=0)
    stage = Stage(house, standin, random.Random(seed))
    for place in ("柳树村", "石桥村"):
        for area in AREAS:
            await stage.entry(place, area)
    await stage.start()
    async with aiohttp.ClientSession() as http:
        settings = standin.settings
        wechat = stage.wechat = WeChatAccount(
            appid=settings.app_id,
            secret=settings.secret,
            http=http,
            base_url=standin.public_url,
            redis=house.coordination.redis,
        )
        worker = asyncio.create_task(
            run_worker(
                vault=house.vault,
                clock=house.clock,
                coordination=house.coordination,
                timezone=house.timezone,
                wechat=wechat,
                templates=TEMPLATES,
            )
        )
        yield stage
        worker.cancel()
        await asyncio.gather(worker, return_exceptions=True)
    assert stage.runner is not None
    await stage.runner.cleanup()
    await platform.cleanup()


@dataclass
class Teller:
    """Tells one story; with `is_rough` pushes come twice, late and around restarts."""

    story: Story
    stage: Stage
    is_rough: bool = False
    people: dict[str, Person] = field(default_factory=dict)
    known: dict[str, dict[str, str]] = field(default_factory=dict)
    answer: str = ""
    bind_code: str = ""
    liaison: str = ""
    last_number: str = ""
    late: list[tuple[Push, str]] = field(default_factory=list)

    async def tell(self) -> None:
        for line in self.story.lines:
            try:
                await (self.expect(line.text) if line.is_expected else self.act(line.text))
            except AssertionError as wrong:
                where = f"stories/{self.story.name}.txt:{line.number}: {line.text}"
                raise AssertionError(f"{where}\n{wrong}\nanswered: {self.answer}") from None
        for push, answer in self.late:
            await self.repeat(push, answer)

    async def expect(self, text: str) -> None:
        if text == "不答":
            assert self.answer == "", "an answer where none belongs"
            return
        kind, words = text.split("：", 1)
        words = await self.filled(words, self.known[self.speaker])
        assert (words in self.answer) == (kind == "有"), "not what the answer should hold"

    async def act(self, text: str) -> None:
        found = LINE.fullmatch(text)
        assert found, "not a line of a story"
        who, verb, rest = found["who"], found["verb"] or "", found["rest"] or ""
        if who in WORLD:
            await WORLD[who](self, verb, rest)
            return
        if verb in CHECKS:
            await CHECKS[verb](self, self.person(who), rest)
            return
        person = self.person(who)
        self.speaker = who
        await self.push(person, verb, rest)

    def person(self, who: str) -> Person:
        if who not in self.people:
            self.people[who] = self.stage.standin.add_person(f"{self.story.name}-{who}-{id(self)}")
            self.people[who].following = True
            self.known[who] = {}
        return self.people[who]

    async def push(self, person: Person, verb: str, rest: str) -> None:
        stage, rand = self.stage, self.stage.rand
        if self.is_rough:
            await asyncio.sleep(rand.random() * 0.01)
            if rand.random() < 0.06:
                await stage.restart()
        async with stage.carrying():
            push = await SAYING[verb](self, person, await self.filled(rest, self.known[self.speaker]))
        assert push.outcome != "failed", f"WeChat would say that the account is out of service: {push.reason}"
        self.answer = str(push.reply["Content"]) if push.reply else ""
        assert len(self.answer.encode()) <= PART_BYTES, "longer than WeChat takes"
        if verb == "取消关注":
            # what it was answered goes with the link; nothing is to be repeated from before
            self.late.clear()
        self.remember()
        if self.is_rough:
            await self.roughen(push)

    async def roughen(self, push: Push) -> None:
        rand, answer = self.stage.rand, self.answer
        if push.type in ("unsubscribe",):
            return
        if rand.random() < 0.2:
            await asyncio.gather(*(self.repeat(push, answer) for _ in range(rand.randint(1, 3))))
        if rand.random() < 0.3:
            self.late.append((push, answer))
        if self.late and rand.random() < 0.3:
            await self.repeat(*self.late.pop(rand.randrange(len(self.late))))

    async def repeat(self, push: Push, answer: str) -> None:
        async with self.stage.carrying():
            copies = await self.stage.standin.push_again(push.id)
        again = str(copies[0].reply["Content"]) if copies[0].reply else ""
        assert again == answer, f"a repeat was answered otherwise: {again}"

    def remember(self) -> None:
        known = self.known[self.speaker]
        for name, pattern in (("编号", NUMBER), ("回执码", RECEIPT)):
            found = pattern.search(self.answer)
            if found:
                known[name] = found[1]
        if RECEIPT.search(self.answer):
            self.last_number = known["编号"]

    async def filled(self, text: str, known: dict[str, str]) -> str:
        for name in re.findall(r"\{码 ([^}]+)\}", text):
            text = text.replace(f"{{码 {name}}}", (await self.stage.entry(*name.split())).code)
        text = re.sub(r"\{(\d+)个字\}", lambda found: "长" * int(found[1]), text)
        for name, value in known.items():
            text = text.replace(f"{{{name}}}", value)
        return text.replace("{绑定码}", self.bind_code)

    async def last_report(self) -> Report:
        return await Report.get(number=self.last_number)

    async def mine(self, person: Person) -> list[Report]:
        index = chat_reporter(person.openid, vault=self.stage.house.vault)
        return await Report.filter(reporter_index=index).order_by("submitted_at")


async def _scan(teller: Teller, person: Person, rest: str) -> Push:
    entry = await teller.stage.entry(*rest.split())
    person.following = True
    pushed = await teller.stage.standin.scan(person.openid, scene=entry.code)
    assert pushed is not None
    return pushed


async def _follow_by_scan(teller: Teller, person: Person, rest: str) -> Push:
    entry = await teller.stage.entry(*rest.split())
    return await teller.stage.standin.follow(person.openid, scene=entry.code)


async def _follow(teller: Teller, person: Person, rest: str) -> Push:
    return await teller.stage.standin.follow(person.openid)


async def _place(teller: Teller, person: Person, rest: str) -> Push:
    return await teller.stage.standin.send_place(person.openid, latitude=30.1, longitude=104.2, label=rest)


async def _click(teller: Teller, person: Person, rest: str) -> Push:
    # two taps of one key within a second are one push to WeChat's own rules
    await asyncio.sleep(0)
    return await teller.stage.standin.event(person.openid, {"Event": "CLICK", "EventKey": rest})


async def _menu_scan(teller: Teller, person: Person, rest: str) -> Push:
    entry = await teller.stage.entry(*rest.split())
    return await _menu_read(teller, person, f"https://mashang.example/s/{entry.code}")


async def _menu_read(teller: Teller, person: Person, rest: str) -> Push:
    info = {"ScanType": "qrcode", "ScanResult": rest}
    fields = {"Event": "scancode_waitmsg", "EventKey": "scanner", "ScanCodeInfo": info}
    return await teller.stage.standin.event(person.openid, fields)


async def _event(teller: Teller, person: Person, rest: str) -> Push:
    return await teller.stage.standin.event(person.openid, {"Event": rest, "EventKey": "x"})


async def _odd(teller: Teller, person: Person, rest: str) -> Push:
    return await teller.stage.standin._message(person.openid, rest or "hologram", {"Title": "x"}, {})


def _standin(name: str, **more: Any) -> Callable[[Teller, Person, str], Awaitable[Push]]:
    async def act(teller: Teller, person: Person, rest: str) -> Push:
        pushed: Push = await getattr(teller.stage.standin, name)(person.openid, **more)
        return pushed

    return act


async def _say(teller: Teller, person: Person, rest: str) -> Push:
    return await teller.stage.standin.say(person.openid, rest)


SAYING: dict[str, Callable[[Teller, Person, str], Awaitable[Push]]] = {
    "说": _say,
    "扫码": _scan,
    "关注扫码": _follow_by_scan,
    "关注": _follow,
    "取消关注": _standin("unfollow"),
    "点菜单": _click,
    "菜单扫码": _menu_scan,
    "菜单扫到": _menu_read,
    "照片": _standin("send_photo"),
    "语音": _standin("send_voice"),
    "视频": _standin("send_video", data=b"x"),
    "小视频": _standin("send_video", data=b"x", kind="shortvideo"),
    "位置": _place,
    "链接": _standin("send_link", title="一个网页", description="", url="https://example.org/"),
    "小程序卡片": lambda teller, person, rest: _odd(teller, person, "miniprogrampage"),
    "怪消息": _odd,
    "事件": _event,
}


async def _pass(teller: Teller, verb: str, rest: str) -> None:
    # WeChat repeats a push within half a minute, and that long answers given are kept
    teller.late.clear()
    clock = teller.stage.standin.settings.clock_file
    assert clock is not None
    so_far = float(clock.read_text()) if clock.exists() else 0.0
    clock.write_text(str(so_far + int(verb) * UNITS[rest]))


async def _restart(teller: Teller, verb: str, rest: str) -> None:
    await teller.stage.restart()


async def _tidy(teller: Teller, verb: str, rest: str) -> None:
    assert teller.stage.wechat is not None
    await tidy(house=teller.stage.house)
    await forget(house=teller.stage.house)
    await remind(house=teller.stage.house, wechat=teller.stage.wechat, quotas=Quotas())


async def _staff(teller: Teller, verb: str, rest: str) -> None:
    stage = teller.stage
    report, house = await teller.last_report(), stage.house
    by = await teller.stage.viewer(report, "handler")
    if verb == "答复":
        await reply(report.number, text=await teller.filled(rest, {}), by=by, house=house)
    elif verb == "请联络员看":
        words = await teller.filled(rest, {})
        await assist(report.number, liaison=teller.liaison, text=words, by=by, house=house)
    elif verb == "结束咨询":
        await end_consult(report.number, by=by, house=house)
    elif verb == "询问":
        text, *options = (await teller.filled(rest, {})).split("｜")
        await ask(report.number, text=text, options="\n".join(options), by=by, house=house)
    elif verb == "办结反馈":
        leader = await stage.viewer(report, "leader")
        await accept(report.number, kind="livelihood", by=by, house=house)
        await dispose(report.number, disposition="answer", text="直接答复", by=by, house=house)
        await approve(report.number, by=leader, house=house)
        await feedback(report.number, text=await teller.filled(rest, {}), by=by, house=house)
    else:
        assert verb == "受理"
        await accept(report.number, kind="livelihood", by=by, house=house)


async def _liaison(teller: Teller, verb: str, rest: str) -> None:
    house, region = teller.stage.house, await Region.get(name=rest)
    made = await make_liaison(str(next(_phones)), village=region.code, role=LiaisonRole.MONITOR, name=verb)
    code = f"BIND{made.id:04d}"
    await Liaison.filter(id=made.id).update(bind_code_index=bind_code_index(code, vault=house.vault))
    teller.bind_code = f"{made.phone} {code}"
    teller.liaison = str(made.id)


async def _publish(teller: Teller, verb: str, rest: str) -> None:
    area, title, text = re.split("[：｜]", rest)
    region = await Region.get(name=verb)
    code = f"P-{next(_phones)}"
    text = "".join(f"第{number}笔账已经核对。" for number in range(1, 90)) if text == "长" else text
    await Disclosure.create(
        code=code,
        kind="policy",
        area_id=AREAS[area],
        region_id=region.code,
        title=await teller.filled(title, {}),
        text=text,
    )


async def _saying(teller: Teller, verb: str, rest: str, *, active: str = "yes") -> None:
    house, row = teller.stage.house, {"meaning": verb, "word": rest, "active": active}
    batch = batch_of_rows(tables.SAYINGS, [row])
    await import_batch(batch, vault=house.vault, clock=house.clock, by="system")
    await house.organisation.refresh()
    assert teller.stage.turnstile is not None
    ears, words = teller.stage.turnstile._entries.ears, house.organisation.sayings
    while ears.now.sayings != Sayings.of(words):
        await ears.follow(house.organisation.table, words=words)
        await asyncio.sleep(0.01)


async def _no_saying(teller: Teller, verb: str, rest: str) -> None:
    await _saying(teller, verb, rest, active="no")


WORLD: dict[str, Callable[[Teller, str, str], Awaitable[None]]] = {
    "过": _pass,
    "重启": _restart,
    "收拾": _tidy,
    "干部": _staff,
    "联络员": _liaison,
    "公开": _publish,
    "本地说法": _saying,
    "停用说法": _no_saying,
}


def _arrived(person: Person) -> str:
    kinds = ("custom", "template")
    return "\n".join(str(bubble.content) for bubble in person.chat if bubble.kind in kinds)


async def _got(teller: Teller, person: Person, rest: str) -> None:
    for _ in range(300):
        if rest in _arrived(person):
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"has not arrived; arrived has: {_arrived(person)}")


async def _not_got(teller: Teller, person: Person, rest: str) -> None:
    assert rest not in _arrived(person)


async def _got_once(teller: Teller, person: Person, rest: str) -> None:
    assert _arrived(person).count(rest) == 1


async def _count(teller: Teller, person: Person, rest: str) -> None:
    assert len(await teller.mine(person)) == int(rest)


async def _owner(teller: Teller, person: Person, rest: str) -> None:
    body = await Body.get(code=(await teller.last_report()).owner_id)
    assert body.name == rest, body.name


async def _words(teller: Teller, person: Person, rest: str) -> None:
    report, vault = await teller.last_report(), teller.stage.house.vault
    message = await Message.filter(report_id=report.id).order_by("said_at").first()
    assert message is not None
    key = vault.key(report.data_key, place=f"report:{report.id}:key")
    said = key.open_text(bytes(message.sealed_text), place=f"message:{message.id}:text")
    assert said == rest.replace("／", "\n"), said


async def _added(teller: Teller, person: Person, rest: str) -> None:
    report, vault = await teller.last_report(), teller.stage.house.vault
    key = vault.key(report.data_key, place=f"report:{report.id}:key")
    said = [
        key.open_text(bytes(message.sealed_text), place=f"message:{message.id}:text")
        for message in await Message.filter(report_id=report.id)
    ]
    assert rest in said, said


async def _signed(teller: Teller, person: Person, rest: str) -> None:
    report, vault = await teller.last_report(), teller.stage.house.vault
    key = vault.key(report.data_key, place=f"report:{report.id}:key")
    identity = (
        key.open_json(bytes(report.sealed_identity), place=f"report:{report.id}:identity")["name"]
        if report.sealed_identity
        else "匿名"
    )
    assert identity == rest, identity


async def _files(teller: Teller, person: Person, rest: str) -> None:
    report = await teller.last_report()
    assert await Attachment.filter(report_id=report.id).count() == int(rest)


async def _area(teller: Teller, person: Person, rest: str) -> None:
    report = await teller.last_report()
    assert report.area_id == AREAS[rest], report.area_id


async def _kind(teller: Teller, person: Person, rest: str) -> None:
    kind = (await teller.last_report()).kind
    assert kind is not None and kind.label == rest, kind


async def _about(teller: Teller, person: Person, rest: str) -> None:
    assert (await teller.last_report()).level.label == rest


CHECKS: dict[str, Callable[[Teller, Person, str], Awaitable[None]]] = {
    "收到": _got,
    "没收到": _not_got,
    "只收到一次": _got_once,
    "件数": _count,
    "机构": _owner,
    "原话": _words,
    "补充过": _added,
    "署名": _signed,
    "附件": _files,
    "领域": _area,
    "关于": _about,
    "类别": _kind,
}
