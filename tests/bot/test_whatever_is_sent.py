"""Anything at all, from many people at once, to the real callback: no 5xx, nothing late, nothing lost, memory flat."""

import asyncio
import random
import resource
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from itertools import count

import pytest

from bot import texts
from bot.filing import gather
from bot.hearing.sayings import STANDARD
from bot.ledger import Ledger
from models.conversation import Conversation
from models.inbox import InboxMessage
from organisation.house import House
from tests.bot.storytelling import Stage, a_stage
from tests.conftest import World
from tests.factories import make_organisation
from tests.properties.soaking import SOAK
from wechat_standin import Person

# on each of the two databases
SENT = 2_500 if SOAK == 1 else 50_000
# few enough words each that the limits stop nobody
PEOPLE = 60 if SOAK == 1 else 600
LATEST_SECONDS = 5.0
LONGEST_BYTES = 2_000
WORDS = (
    "提交 取消 查询 帮助 菜单 人工 我的 政策 补充 撤回 申请回避 申请保护 评价 删除 完成 继续 重来 删上一条 反映问题 "
    "匿名 匿名提交 实名提交 村干部 不针对个人 说不清 纪检监察干部 断开联系 算了 都不是 不是这个村 教育 林业 绑定 "
    "政策\u3000柳树村 柳树村 shiqiaocun 谢谢 你好 算了 说错了 三 第一个 完成。 退出 说完了 村长 我要匿名 实名 补充一下"
).split(" ")
ODD = ["", " ", "\u200b", "]]>", "<xml>", "🙂" * 300, "字" * 2000, "1234 5678 9012 3456", "ABCDEFGHJKMN"]
EVENTS = (
    "VIEW view_miniprogram LOCATION TEMPLATESENDJOBFINISH subscribe_msg_popup_event scancode_push x "
    "user_info_modified"
).split()
MEDIA = ("image", "voice", "video", "shortvideo")
_tokens = count()


@pytest.fixture
async def stage(house: House, world: World) -> AsyncIterator[Stage]:
    await make_organisation(house)
    async with a_stage(house, world.folder / "clock", seed=7) as made:
        yield made


@dataclass
class Chatter:
    """Sends whatever comes to mind, one after another, and remembers what it was told was noted."""

    stage: Stage
    person: Person
    rand: random.Random
    noted: list[str] = field(default_factory=list)
    slowest: float = 0.0
    wrong: list[str] = field(default_factory=list)

    async def send(self) -> None:
        token = ""
        fields = self._fields()
        if fields["MsgType"] == "text" and self.rand.random() < 0.4:
            token = f"话{next(_tokens)}头"
            fields["Content"] = token
        began = time.monotonic()
        push = await self.stage.standin.push(self.person, fields)
        self.slowest = max(self.slowest, time.monotonic() - began)
        answer = str(push.reply["Content"]) if push.reply else ""
        if len(answer.encode()) > LONGEST_BYTES:
            self.wrong.append(f"{fields}: an answer of {len(answer.encode())} bytes")
        if push.outcome == "failed" or answer in (texts.BUSY, texts.UNSURE, texts.KEPT_FOR_LATER):
            self.wrong.append(f"{fields}: {push.reason or answer}")
        self._hear(fields, token, answer)
        if self.rand.random() < 0.1:
            again = await self.stage.standin.push_again(push.id)
            repeated = str(again[0].reply["Content"]) if again[0].reply else ""
            # what was only acknowledged is answered in full meanwhile
            if repeated != answer and answer != texts.RECEIVED and not self._left(fields):
                self.wrong.append(f"{fields}: a repeat was answered otherwise")

    def _left(self, fields: dict[str, object]) -> bool:
        return fields.get("Event") == "unsubscribe"

    def _hear(self, fields: dict[str, object], token: str, answer: str) -> None:
        said = str(fields.get("Content", ""))
        if (
            self._left(fields)
            or "回执码：" in answer
            or "没有提交，已经删除" in answer
            or "已经断开和" in answer
        ):
            self.noted = []
        elif answer.startswith(("删了上一条", "删了，")):
            self.noted = self.noted[:-1]
        elif answer.startswith(("记下了", texts.WHO_AGAIN.strip())) and not STANDARD.is_courtesy(said):
            self.noted.append(token)

    def _fields(self) -> dict[str, object]:
        rand, made = self.rand, self._message(self.rand.random())
        return (
            made if "Event" in made else {**made, "MsgId": self.stage.standin.next_id() + rand.randint(0, 0)}
        )

    def _message(self, kind: float) -> dict[str, object]:
        rand = self.rand
        if kind < 0.62:
            typed = rand.choice((rand.choice(WORDS), str(rand.randint(0, 9)), rand.choice(ODD)))
            return {"MsgType": "text", "Content": typed}
        if kind < 0.72:
            return {
                "MsgType": rand.choice(("image", "voice", "video", "shortvideo")),
                "MediaId": rand.choice(("m", "")),
            }
        if kind < 0.76:
            place = {
                "Location_X": rand.choice((30.1, "x", 999)),
                "Location_Y": 104.2,
                "Label": rand.choice(("村口", "")),
            }
            return {"MsgType": "location", **place}
        if kind < 0.8:
            return {"MsgType": rand.choice(("link", "miniprogrampage", "hologram", "")), "Title": "x"}
        codes = [entry.code for entry in self.stage.entries.values()]
        scans = (
            ("SCAN", rand.choice(codes)),
            ("subscribe", f"qrscene_{rand.choice(codes)}"),
            ("SCAN", "NONSENSE" * 8),
        )
        if kind < 0.92:
            event, key = rand.choice(scans)
        elif kind < 0.94:
            event, key = "unsubscribe", ""
        else:
            event, key = rand.choice(EVENTS), rand.choice(("", "x", "提交", "CODE" * 40))
        # WeChat tells two events of one second apart by their keys only
        return {"MsgType": "event", "Event": event, "EventKey": key, "CreateTime": next(_tokens) + 1}


def sizes() -> Iterator[int]:
    while True:
        with open("/proc/self/statm") as file:
            yield int(file.read().split()[1]) * resource.getpagesize()


@pytest.mark.timeout(120 * SOAK)
async def test_nothing_is_refused_late_or_lost_and_memory_stays_flat(stage: Stage) -> None:
    people = [stage.standin.add_person(f"chatter-{number}") for number in range(PEOPLE)]
    chatters = [Chatter(stage, person, random.Random(number)) for number, person in enumerate(people)]
    for person in people:
        person.following = True
    size = sizes()

    async def chat(chatter: Chatter, times: int) -> None:
        for _ in range(times):
            await chatter.send()

    each = SENT // PEOPLE // 2
    await asyncio.gather(*(chat(one, each) for one in chatters))
    half = next(size)
    await asyncio.gather(*(chat(one, each + 1) for one in chatters))
    grown = next(size) - half
    assert [wrong for one in chatters for wrong in one.wrong] == []
    assert max(one.slowest for one in chatters) < LATEST_SECONDS
    # the stand-in's own record of pushes and chats grows as well
    assert grown < 60e6 * max(1, SENT / 2_500), grown
    await nothing_is_lost(chatters, stage.house)
    assert not await InboxMessage.filter(sealed_body__isnull=False).exists()


async def nothing_is_lost(chatters: list[Chatter], house: House) -> None:
    people = {house.vault.index("oa", one.person.openid): one.person.openid for one in chatters}
    talks = await Ledger(house.vault).lock(people, at=house.clock.now())
    assert await Conversation.all().count() == len(chatters)
    for one in chatters:
        gathered = await gather(talks[house.vault.index("oa", one.person.openid)])
        missing = [token for token in one.noted if token and token not in gathered.text.splitlines()]
        assert not missing, missing
