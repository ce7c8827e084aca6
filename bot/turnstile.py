"""Everybody passes one by one, many at a time: messages that wait together are kept together.

While one group commits the next one gathers, so nobody waits long for company and a busy moment costs few
commits. A group goes the quick way (`bot.quick`); what is left of it goes to the desk (`bot.desk`), which works beside.
"""

import asyncio
import logging
from collections.abc import Sequence

from bot.desk import DATABASE_TROUBLE, Desk, not_kept
from bot.entering import Entries
from bot.incoming import Incoming
from bot.ledger import Ledger
from bot.patience import Patience
from bot.porch import Porch
from bot.quick import QuickGroup
from bot.shelf import Shelf
from bot.waiting import Waiting
from clients.writes import Stale
from organisation.house import House

log = logging.getLogger(__name__)
COMPANY = 64
# company comes at once after an answer: a commit and its statements shared by more cost each one less
GATHERING_SECONDS = 0.001


class Turnstile:
    """Whoever is held by the desk goes there behind what they said before; all others pass in groups."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._ledger = Ledger(house.vault)
        self._entries = Entries(house.organisation)
        self.shelf = Shelf(house.vault, house.clock)
        self._patience = Patience(self.shelf)
        self._desk = Desk(house, self._ledger, self._entries, self.shelf)
        self._queue: asyncio.Queue[Waiting] = asyncio.Queue()
        self._porch = Porch(self._ledger, self._entries, onward=self._queue.put_nowait)

    async def take(self, incoming: Incoming) -> str:
        """The answer to `incoming`, empty for none, once everything it changes is committed.

        Where that would take too long it is kept on the shelf and acknowledged.
        """
        waiting = self._waiting(incoming)
        if not self.shelf.keeps_back(waiting):
            self._porch.come(waiting)
        self._patience.watch(waiting)
        return await waiting.answer

    async def take_late(self, incoming: Incoming) -> str:
        """As `take`, for what WeChat no longer waits for."""
        waiting = self._waiting(incoming, is_late=True)
        self._porch.come(waiting)
        return await waiting.answer

    def _waiting(self, incoming: Incoming, *, is_late: bool = False) -> Waiting:
        vault, loop = self._house.vault, asyncio.get_running_loop()
        return Waiting(
            incoming=incoming,
            person_index=vault.index("oa", incoming.openid),
            key=vault.index("inbox", incoming.dedupe_key),
            answer=loop.create_future(),
            is_late=is_late,
        )

    async def run(self) -> None:
        """Lets groups through for as long as it runs."""
        async with asyncio.TaskGroup() as beside:
            beside.create_task(self.shelf.keep_coming())
            beside.create_task(self._patience.run())
            beside.create_task(self._porch.run())
            beside.create_task(self._desk.run())
            beside.create_task(self._keep_moving())

    async def _keep_moving(self) -> None:
        while True:
            group = [await self._queue.get()]
            await asyncio.sleep(GATHERING_SECONDS)
            while len(group) < COMPANY and not self._queue.empty():
                group.append(self._queue.get_nowait())
            passing = [one for one in group if self._may_pass(one)]
            for one in passing:
                one.is_under_way = True
            if passing:
                await self._let_through(passing)

    def _may_pass(self, one: Waiting) -> bool:
        if not one.may_go or self.shelf.keeps_back(one):
            return False
        is_held = self._desk.holds(one.person_index)
        if is_held:
            self._desk.put(one)
        return not is_held

    async def _let_through(self, group: Sequence[Waiting]) -> None:
        answers: dict[str, str] = {}
        try:
            answers = await self._quickly(group)
        except Stale:
            # a repeat, or another process has spoken with one of them
            pass
        except DATABASE_TROUBLE as trouble:
            not_kept(group, trouble)
            return
        except Exception as trouble:  # the desk sets aside what cannot be worked off
            log.error("turn_failed", extra={"reason": type(trouble).__name__, "count": len(group)})
        for one in group:
            if one.key in answers:
                one.tell(answers[one.key])
            else:
                self._desk.put(one)

    async def _quickly(self, group: Sequence[Waiting]) -> dict[str, str]:
        work = QuickGroup(self._house, self._ledger, self._entries, at=self._house.clock.now())
        try:
            return await work.work_off(group)
        except BaseException:  # a cancellation too has left them changed in memory only
            self._ledger.talks.forget(one.person_index for one in group)
            raise
