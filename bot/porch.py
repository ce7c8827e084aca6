"""The porch before the turnstile: whoever is not remembered waits here until their conversation was looked up.

That is read while a group before them is still being kept, so nobody at the turnstile waits for it.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from bot.desk import DATABASE_TROUBLE, not_kept
from bot.entering import Entries
from bot.ledger import Ledger
from bot.saying import scanned_code
from bot.waiting import Waiting

log = logging.getLogger(__name__)
# company comes at once after an answer, as at the turnstile
GATHERING_SECONDS: Final = 0.001
AT_ONCE: Final = 64


class Porch:
    """Everybody leaves in the order they came; `onward` lets one of them on to the turnstile."""

    def __init__(self, ledger: Ledger, entries: Entries, *, onward: Callable[[Waiting], None]) -> None:
        self._ledger = ledger
        self._entries = entries
        self._onward = onward
        self._queue: asyncio.Queue[Waiting] = asyncio.Queue()
        self._people: Counter[str] = Counter()

    def come(self, one: Waiting) -> None:
        """Straight on for whoever is remembered and has nothing said waiting here."""
        person = one.person_index
        if person not in self._people and self._ledger.talks.get(person) is not None:
            self._onward(one)
            return
        self._people[person] += 1
        self._queue.put_nowait(one)

    async def run(self) -> None:
        """Lets people on for as long as it runs."""
        while True:
            group = [await self._queue.get()]
            await asyncio.sleep(GATHERING_SECONDS)
            while len(group) < AT_ONCE and not self._queue.empty():
                group.append(self._queue.get_nowait())
            await self._look_up([one for one in group if one.may_go])
            for one in group:
                self._let_on(one)

    async def _look_up(self, group: Sequence[Waiting]) -> None:
        try:
            await self._ledger.find({one.person_index for one in group})
            await self._entries.read({code for one in group if (code := scanned_code(one.incoming))})
        except DATABASE_TROUBLE as trouble:
            not_kept(group, trouble)
        except Exception as trouble:  # whoever cannot be worked off is set aside behind the turnstile
            log.error("not_looked_up", extra={"reason": type(trouble).__name__, "count": len(group)})

    def _let_on(self, one: Waiting) -> None:
        self._people[one.person_index] -= 1
        if not self._people[one.person_index]:
            del self._people[one.person_index]
        self._onward(one)
