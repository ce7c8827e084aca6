"""The desk beside the turnstile: who needs more than words is served there, and nobody else waits for it.

A filing takes many trips to the database. While it is made, groups of others pass; whatever the same person says
meanwhile comes to the desk too, behind it.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Sequence

from asyncpg.exceptions import InterfaceError, InternalClientError, PostgresError
from tortoise.exceptions import BaseORMException
from tortoise.transactions import in_transaction

from bot import texts
from bot.careful import CarefulGroup, set_aside
from bot.entering import Entries
from bot.ledger import Ledger
from bot.shelf import Shelf
from bot.waiting import Waiting
from organisation.house import House

log = logging.getLogger(__name__)
AT_ONCE = 64
DATABASE_TROUBLE = (BaseORMException, PostgresError, InterfaceError, InternalClientError, OSError)


class Desk:
    """Works off the careful way; the turnstile asks whom it `holds` before it lets anybody pass."""

    def __init__(self, house: House, ledger: Ledger, entries: Entries, shelf: Shelf) -> None:
        self._house = house
        self._shelf = shelf
        self._ledger = ledger
        self._entries = entries
        self._queue: asyncio.Queue[Waiting] = asyncio.Queue()
        self._people: Counter[str] = Counter()

    def holds(self, person_index: str) -> bool:
        return person_index in self._people

    def put(self, one: Waiting) -> None:
        one.is_under_way = False
        self._people[one.person_index] += 1
        self._queue.put_nowait(one)

    async def run(self) -> None:
        """Serves for as long as it runs."""
        while True:
            group = [await self._queue.get()]
            while len(group) < AT_ONCE and not self._queue.empty():
                group.append(self._queue.get_nowait())
            try:
                going = [one for one in group if one.may_go and not self._shelf.keeps_back(one)]
                for one in going:
                    one.is_under_way = True
                if going:
                    await self._serve(going)
            finally:
                self._let_go(group)

    def _let_go(self, group: Sequence[Waiting]) -> None:
        for one in group:
            self._people[one.person_index] -= 1
            if not self._people[one.person_index]:
                del self._people[one.person_index]

    async def _serve(self, group: Sequence[Waiting]) -> None:
        try:
            answers = await self._carefully(group)
        except DATABASE_TROUBLE as trouble:
            not_kept(group, trouble)
            return
        except Exception as trouble:  # the outermost loop of the bot's worker
            log.error("turn_failed", extra={"reason": type(trouble).__name__, "count": len(group)})
            if len(group) > 1:
                # each by itself then, so that one which cannot be worked off keeps nobody else out
                for one in group:
                    await self._serve([one])
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


def not_kept(group: Sequence[Waiting], trouble: BaseException) -> None:
    log.warning("turns_not_kept", extra={"reason": type(trouble).__name__, "count": len(group)})
    for one in group:
        one.tell(texts.BUSY)
