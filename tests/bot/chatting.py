"""A villager at the turnstile: says things one after another and reads the answers."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from typing import Any

from bot.incoming import Incoming
from bot.turnstile import Turnstile
from organisation.house import House

RECEIPT = re.compile(r"回执码：(\d{4} \d{4} \d{4} \d{4})")
NUMBER = re.compile(r"编号：(\w+)")
_ids = count(24_300_000_000_000_001)


@asynccontextmanager
async def a_turnstile(house: House) -> AsyncIterator[Turnstile]:
    turnstile = Turnstile(house)
    running = asyncio.create_task(turnstile.run())
    try:
        yield turnstile
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


class Villager:
    def __init__(self, turnstile: Turnstile, openid: str) -> None:
        self.turnstile = turnstile
        self.openid = openid
        self.last: Incoming | None = None

    async def push(self, **fields: Any) -> str:
        if fields.get("kind") != "event":
            fields.setdefault("msg_id", str(next(_ids)))
        self.last = Incoming(openid=self.openid, to="gh_test", at=next(_ids) % 10**9, raw={}, **fields)
        return await self.turnstile.take(self.last)

    async def say(self, text: str) -> str:
        return await self.push(kind="text", text=text)

    async def scan(self, code: str) -> str:
        return await self.push(kind="event", event="scan", event_key=code)

    async def photo(self, media_id: str = "media-1") -> str:
        return await self.push(kind="image", media_id=media_id)

    async def again(self) -> str:
        assert self.last is not None
        return await self.turnstile.take(self.last)

    async def report(self, code: str, *words: str, about: str = "不针对个人") -> str:
        """All the way from scan to filed, anonymously; answers what filing answered."""
        await self.scan(code)
        for word in words or ("村里的路灯坏了半年没人修",):
            await self.say(word)
        await self.say("提交")
        await self.say(about)
        return await self.say("匿名提交")


def receipt_in(answer: str) -> str:
    found = RECEIPT.search(answer)
    assert found, answer
    return found[1].replace(" ", "")


def number_in(answer: str) -> str:
    found = NUMBER.search(answer)
    assert found, answer
    return found[1]
