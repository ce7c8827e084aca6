"""Villagers who go on telling whatever happens to the servers, and remember what they were answered."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

from bot import texts
from tests.bot.chatting import NUMBER, RECEIPT
from tests.journeys.system import System
from wechat_standin import Push

LATER = (texts.BUSY, texts.UNSURE, texts.RECEIVED)
NEVER_MIND_SECONDS = 0.3
_stories = count(1)


@dataclass(slots=True, kw_only=True)
class Story:
    """One conversation, as the villager remembers it.

    `noted` was answered with 记下了; `unsure` was said and refused as too busy, or never answered at all:
    it may have been kept or not.
    """

    openid: str
    noted: list[str] = field(default_factory=list)
    photos: int = 0
    unsure: list[str] = field(default_factory=list)
    unsure_photos: int = 0
    filing_unsure: bool = False
    number: str = ""
    receipt: str = ""
    statuses: set[int] = field(default_factory=set)
    slowest: float = 0.0


class Villagers:
    """`at_once` conversations beside each other, each by a person of its own, until `stop` is set."""

    def __init__(self, system: System, *, code: str, chance: random.Random, at_once: int) -> None:
        self.system = system
        self.code = code
        self.chance = chance
        self.at_once = at_once
        self.stop = asyncio.Event()
        self.stories: list[Story] = []

    async def run(self) -> None:
        balancing = asyncio.create_task(self._balance())
        try:
            await asyncio.gather(*(self._live() for _ in range(self.at_once)))
        finally:
            balancing.cancel()

    async def _balance(self) -> None:
        """A delivery tried again may come to another process than the first."""
        while True:
            self.system.rotate()
            await asyncio.sleep(0.05)

    async def _live(self) -> None:
        while not self.stop.is_set():
            await self._tell()

    async def _tell(self) -> None:
        number = next(_stories)
        person = self.system.standin.add_person(f"群众{number}")
        story = Story(openid=person.openid)
        self.stories.append(story)
        scan = self.system.standin.scan
        await self._until_heard(story, lambda: scan(person.openid, self.code))
        for part in range(self.chance.randint(1, 3)):
            await self._say_words(story, f"第{number}件的第{part}句，路灯坏了")
        if self.chance.random() < 0.15:
            await self._send_photo(story)
        await self._until_heard(story, lambda: self._say(story, "提交"))
        await self._until_heard(story, lambda: self._say(story, "不针对个人"))
        await self._file(story)

    async def _say_words(self, story: Story, words: str) -> None:
        if await self._until_heard(story, lambda: self._say(story, words), unsure=story.unsure, words=words):
            story.noted.append(words)

    async def _send_photo(self, story: Story) -> None:
        while True:
            answer = await self._once(story, lambda: self.system.standin.send_photo(story.openid))
            if answer and answer not in LATER:
                assert "记下了" in answer, answer
                story.photos += 1
                return
            story.unsure_photos += 1
            await asyncio.sleep(NEVER_MIND_SECONDS)

    async def _file(self, story: Story) -> None:
        answer = await self._once(story, lambda: self._say(story, "匿名提交"))
        found = RECEIPT.search(answer)
        if found:
            named = NUMBER.search(answer)
            story.receipt, story.number = found[1], named[1] if named else ""
        else:
            # too busy to answer, or no answer at all: it may be filed or not, and nobody holds the receipt
            assert answer in ("", *LATER), answer
            story.filing_unsure = True

    async def _until_heard(
        self, story: Story, act: Callable[[], object], *, unsure: list[str] | None = None, words: str = ""
    ) -> str:
        """Says it again, as people do, until it is answered with something else than "too busy"."""
        while True:
            answer = await self._once(story, act)
            if answer and answer not in LATER:
                return answer
            if unsure is not None:
                unsure.append(words)
            await asyncio.sleep(NEVER_MIND_SECONDS)

    async def _say(self, story: Story, text: str) -> Push:
        return await self.system.standin.say(story.openid, text)

    async def _once(self, story: Story, act: Callable[[], object]) -> str:
        """One message with all the deliveries WeChat makes of it; the answer, empty when there was none."""
        push = await act()  # type: ignore[misc]
        assert isinstance(push, Push)
        story.statuses |= {attempt.status for attempt in push.attempts if attempt.status is not None}
        story.slowest = max([story.slowest, *(a.elapsed for a in push.attempts if a.status is not None)])
        return str((push.reply or {}).get("Content", ""))
