"""Who has waited too long at the turnstile: put on the shelf first, and told in the end that it was of no use.

WeChat hangs up after five seconds. One look at all who wait, many times a second, costs less than timers of each:
nearly everybody is answered long before.
"""

import asyncio
from collections import deque
from collections.abc import Iterator
from time import monotonic
from typing import Final

from bot.shelf import SHELVED_AFTER_SECONDS, Shelf
from bot.waiting import Waiting

PATIENCE_SECONDS: Final = 4.5
LOOK_SECONDS: Final = 0.02


class Patience:
    """Those who wait, in the order they came."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._waiting: deque[tuple[float, Waiting]] = deque()
        self._overdue: deque[tuple[float, Waiting]] = deque()

    def watch(self, one: Waiting) -> None:
        self._waiting.append((monotonic(), one))

    async def run(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            self._look(monotonic())

    def _look(self, now: float) -> None:
        for _, one in _taken(self._overdue, latest=now - PATIENCE_SECONDS):
            one.give_up()
        self._overdue += _taken(self._waiting, latest=now - SHELVED_AFTER_SECONDS)
        for _, one in self._overdue:
            # looked at again and again: who was under way may have come to wait at the desk
            self._shelf.put(one)


def _taken(queue: deque[tuple[float, Waiting]], *, latest: float) -> Iterator[tuple[float, Waiting]]:
    """Those from the front who came at `latest` or before, without who was answered."""
    while queue and (queue[0][0] <= latest or queue[0][1].answer.done()):
        came, one = queue.popleft()
        if not one.answer.done():
            yield came, one
