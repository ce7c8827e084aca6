"""Everybody passes one by one, many at a time: messages that wait together are kept together.

While one group commits the next one gathers, so nobody waits long for company and a busy moment costs few
commits. A group goes the quick way first (`bot.quick`); what is left goes the careful way (`bot.careful`).
"""

import asyncio
import logging
from collections.abc import Sequence

from asyncpg.exceptions import InterfaceError, InternalClientError, PostgresError
from tortoise.exceptions import BaseORMException
from tortoise.transactions import in_transaction

from bot import texts
from bot.careful import CarefulGroup, set_aside
from bot.entering import Entries
from bot.incoming import Incoming
from bot.ledger import Ledger
from bot.quick import QuickGroup
from bot.shelf import SHELVED_AFTER_SECONDS, Shelf
from bot.waiting import Waiting
from clients.writes import Stale
from organisation.house import House

log = logging.getLogger(__name__)
COMPANY = 64
# company comes at once after an answer: a commit and its statements shared by more cost each one less
GATHERING_SECONDS = 0.001
PATIENCE_SECONDS = 4.5
# while one lane waits for the database another works out its turns
LANES = 1
DATABASE_TROUBLE = (BaseORMException, PostgresError, InterfaceError, InternalClientError, OSError)


class Turnstile:
    """Lanes work side by side, each person always in the same one."""

    def __init__(self, house: House, *, lanes: int = LANES) -> None:
        self._house = house
        self._ledger = Ledger(house.vault)
        self._entries = Entries(house.organisation)
        self.shelf = Shelf(house.vault, house.clock)
        self._lanes: list[asyncio.Queue[Waiting]] = [asyncio.Queue() for _ in range(lanes)]

    async def take(self, incoming: Incoming) -> str:
        """The answer to `incoming`, empty for none, once everything it changes is committed.

        Where that would take too long it is kept on the shelf and acknowledged.
        """
        waiting, loop = self._waiting(incoming), asyncio.get_running_loop()
        if self.shelf.holds(waiting.person_index):
            self.shelf.put(waiting)
        else:
            self._queue_up(waiting)
        timers = (
            loop.call_later(SHELVED_AFTER_SECONDS, self.shelf.put, waiting),
            loop.call_later(PATIENCE_SECONDS, waiting.give_up),
        )
        try:
            return await waiting.answer
        finally:
            for timer in timers:
                timer.cancel()

    async def take_late(self, incoming: Incoming) -> str:
        """As `take`, for what WeChat no longer waits for."""
        waiting = self._waiting(incoming)
        self._queue_up(waiting)
        return await waiting.answer

    def _waiting(self, incoming: Incoming) -> Waiting:
        vault, loop = self._house.vault, asyncio.get_running_loop()
        return Waiting(
            incoming=incoming,
            person_index=vault.index("oa", incoming.openid),
            key=vault.index("inbox", incoming.dedupe_key),
            answer=loop.create_future(),
        )

    def _queue_up(self, waiting: Waiting) -> None:
        self._lanes[int(waiting.person_index[:8], 16) % len(self._lanes)].put_nowait(waiting)

    async def run(self) -> None:
        """Lets groups through for as long as it runs."""
        async with asyncio.TaskGroup() as lanes:
            lanes.create_task(self.shelf.keep_coming())
            for queue in self._lanes:
                lanes.create_task(self._run_lane(queue))

    async def _run_lane(self, queue: asyncio.Queue[Waiting]) -> None:
        while True:
            group = [await queue.get()]
            await asyncio.sleep(GATHERING_SECONDS)
            while len(group) < COMPANY and not queue.empty():
                group.append(queue.get_nowait())
            waiting = [one for one in group if one.may_go]
            for one in waiting:
                one.is_under_way = True
            if waiting:
                await self._let_through(waiting)

    async def _let_through(self, group: Sequence[Waiting]) -> None:
        answers: dict[str, str] = {}
        try:
            answers = await self._quickly(group)
        except Stale:
            # a repeat, or another process has spoken with one of them
            pass
        except DATABASE_TROUBLE as trouble:
            _not_kept(group, trouble)
            return
        except Exception as trouble:
            # each by itself then, so that one which cannot be worked off keeps nobody else out
            log.error("turn_failed", extra={"reason": type(trouble).__name__, "count": len(group)})
        for one in group:
            if one.key in answers:
                one.tell(answers[one.key])
        left = [one for one in group if one.key not in answers]
        if left:
            await self._let_through_carefully(left)

    async def _quickly(self, group: Sequence[Waiting]) -> dict[str, str]:
        work = QuickGroup(self._house, self._ledger, self._entries, at=self._house.clock.now())
        try:
            return await work.work_off(group)
        except BaseException:  # a cancellation too has left them changed in memory only
            self._ledger.talks.forget(one.person_index for one in group)
            raise

    async def _let_through_carefully(self, group: Sequence[Waiting]) -> None:
        try:
            answers = await self._carefully(group)
        except DATABASE_TROUBLE as trouble:
            _not_kept(group, trouble)
            return
        except Exception as trouble:  # the outermost loop of the bot's worker
            log.error("turn_failed", extra={"reason": type(trouble).__name__, "count": len(group)})
            if len(group) > 1:
                for one in group:
                    await self._let_through_carefully([one])
                return
            answers = {group[0].key: await self._set_aside(group[0])}
        for one in group:
            one.tell(answers[one.key])

    async def _carefully(self, group: Sequence[Waiting]) -> dict[str, str]:
        self._ledger.talks.forget(one.person_index for one in group)
        work = CarefulGroup(self._house, self._ledger, self._entries, at=self._house.clock.now())
        async with in_transaction():
            answers = await work.work_off(group)
        work.is_committed()
        for name in sorted(work.wakes):
            await self._house.coordination.wake(name)
        return answers

    async def _set_aside(self, one: Waiting) -> str:
        try:
            async with in_transaction():
                return await set_aside(one, ledger=self._ledger, at=self._house.clock.now())
        except DATABASE_TROUBLE:
            return texts.BUSY


def _not_kept(group: Sequence[Waiting], trouble: BaseException) -> None:
    log.warning("turns_not_kept", extra={"reason": type(trouble).__name__, "count": len(group)})
    for one in group:
        one.tell(texts.BUSY)
