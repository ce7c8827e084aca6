"""Where pushes lie that cannot be answered in time: kept, acknowledged in a word, and worked off in their order.

WeChat hangs up after five seconds. Whoever would wait longer than `SHELVED_AFTER_SECONDS` is put here, all of them
in one statement; whatever the same person says meanwhile, to whichever process, comes behind it. The answer follows
as a message of its own.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from itertools import count
from typing import Any, Final

import orjson
from tortoise.exceptions import BaseORMException

from bot import texts
from bot.incoming import Incoming, parse
from bot.saying import WINDOW_EVENTS
from bot.waiting import Waiting
from clients.clock import Clock
from clients.database import changed, rows
from clients.wechat import WeChatAccount, WeChatError
from clients.writes import Write, write
from models.fields import to_millis
from vault.vault import Vault

log = logging.getLogger(__name__)
SHELVED_AFTER_SECONDS: Final = 3.5
LOOK_SECONDS, BATCH, LONGEST_SECONDS = 0.2, 500, 60
IN_A_SECOND: Final = 1_000_000
COLUMNS: Final = {"id": "text", "person_index": "text", "place": "bigint", "sealed_body": "bytea"}
KEEP: Final = """INSERT INTO shelved_push (id, person_index, place, sealed_body) SELECT given.* FROM given_rows
  WHERE TRUE ON CONFLICT (id) DO NOTHING"""
OLDEST: Final = "SELECT id, sealed_body FROM shelved_push ORDER BY place LIMIT 64"
PEOPLE: Final = "SELECT DISTINCT person_index FROM shelved_push"
TAKE_OFF: Final = "DELETE FROM shelved_push WHERE id = $1"
# an answer of staff must find one message left
SPEND: Final = """UPDATE conversation SET window_left = window_left - 1, version = version + 1
  WHERE person_index = $1 AND window_left > 1 AND window_until > $2"""
Take = Callable[[Incoming], Awaitable[str]]


class Shelf:
    """Of one process; rows of others, and of one that died, are worked off by whoever finds them.

    Who has something lying here is known of all processes as of the last look.
    """

    def __init__(self, vault: Vault, clock: Clock) -> None:
        self._vault = vault
        self._clock = clock
        self._coming: list[Waiting] = []
        self._being_kept: list[Waiting] = []
        self._has_some = asyncio.Event()
        self._people: set[str] = set()
        self._lately: set[str] = set()
        self._numbers = count()

    def keeps_back(self, one: Waiting) -> bool:
        """Puts `one` behind what the same person said before, where that lies on the shelf."""
        if one.is_late or one.person_index not in self._people:
            return False
        self.put(one)
        return True

    def put(self, one: Waiting) -> None:
        if one.is_under_way or one.is_shelved or one.answer.done():
            return
        one.is_shelved = True
        self._people.add(one.person_index)
        self._lately.add(one.person_index)
        self._coming.append(one)
        self._has_some.set()

    async def keep_coming(self) -> None:
        """Keeps what is put here, for as long as it runs; what cannot be kept is left to `Waiting.give_up`."""
        while True:
            await self._has_some.wait()
            batch, self._coming = self._coming[:BATCH], self._coming[BATCH:]
            self._being_kept = batch
            if not self._coming:
                self._has_some.clear()
            try:
                await self._keep(batch)
            except (BaseORMException, OSError) as trouble:
                log.warning("not_shelved", extra={"reason": type(trouble).__name__, "count": len(batch)})
                continue
            finally:
                self._being_kept = []
            for one in batch:
                one.tell(_acknowledgement(one.incoming))

    async def _keep(self, batch: Sequence[Waiting]) -> None:
        values = [(one.key, one.person_index, self._place(one), self._sealed(one)) for one in batch]
        await write(Write(sql=KEEP, columns=COLUMNS, values=values))

    def _place(self, one: Waiting) -> int:
        """By the second of WeChat's clock, which is one for all processes; within it as they came here."""
        return one.incoming.at * IN_A_SECOND + next(self._numbers) % IN_A_SECOND

    def _sealed(self, one: Waiting) -> bytes:
        body = orjson.dumps(dict(one.incoming.raw)).decode()
        return self._vault.seal(body, place=f"shelved_push:{one.key}:body")

    async def work_off(self, *, take: Take, wechat: WeChatAccount) -> int:
        """The oldest, each person's in order; answers how many there were."""
        found = await self._look()
        theirs: dict[str, list[tuple[str, Incoming]]] = defaultdict(list)
        for row in found:
            body = self._vault.open(bytes(row["sealed_body"]), place=f"shelved_push:{row['id']}:body")
            incoming = parse(body.encode())
            theirs[incoming.openid].append((row["id"], incoming))
        async with asyncio.TaskGroup() as people:
            for pushes in theirs.values():
                people.create_task(self._one_person(pushes, take=take, wechat=wechat))
        return len(found)

    async def _look(self) -> Sequence[Any]:
        """The oldest; from now on the words of whoever has any here are kept back, and nobody else's."""
        self._lately = {one.person_index for one in (*self._coming, *self._being_kept)}
        found = await rows(OLDEST)
        lying = {row["person_index"] for row in await rows(PEOPLE)} if found else set()
        # whoever was put here meanwhile may not have been seen
        self._people = lying | self._lately
        return found

    async def _one_person(
        self, pushes: Sequence[tuple[str, Incoming]], *, take: Take, wechat: WeChatAccount
    ) -> None:
        for key, incoming in pushes:
            async with asyncio.timeout(LONGEST_SECONDS):
                answer = await take(incoming)
            if answer in (texts.BUSY, texts.UNSURE):
                return
            # whoever takes it off tells it; a repeat would have been given the same answer
            if await changed(TAKE_OFF, key) and answer:
                await self._tell(incoming.openid, answer, wechat=wechat, at=self._clock.now())

    async def _tell(self, openid: str, answer: str, *, wechat: WeChatAccount, at: datetime) -> None:
        if not await changed(SPEND, self._vault.index("oa", openid), to_millis(at)):
            return
        try:
            await wechat.send_text(openid, answer)
        except WeChatError as error:
            log.warning("late_answer_not_sent", extra={"reason": type(error).__name__})


def _acknowledgement(incoming: Incoming) -> str:
    is_spoken = incoming.kind != "event" or incoming.event in WINDOW_EVENTS
    return texts.RECEIVED if is_spoken else ""


async def run_shelf(shelf: Shelf, *, take: Take, wechat: WeChatAccount) -> None:
    """Works off what lies there, for as long as it runs; a failure ends it, to be begun again."""
    while True:
        if not await shelf.work_off(take=take, wechat=wechat):
            await asyncio.sleep(LOOK_SECONDS)
