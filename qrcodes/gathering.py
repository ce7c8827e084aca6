"""Look-ups of those who ask at the same moment, made in one trip to the database."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Gathering(Generic[K, V]):
    """One trip at a time: whoever asks meanwhile shares the next one, so a crowd costs as many trips as it lasts.

    Nothing is remembered: each answer was read after it was asked for.
    """

    def __init__(self, read: Callable[[Sequence[K]], Awaitable[Mapping[K, V]]]) -> None:
        self._read = read
        self._next: _Trip[K, V] | None = None
        self._one_at_a_time = asyncio.Lock()

    async def get(self, key: K) -> V | None:
        """Raises what `read` raises."""
        trip = self._next
        if trip is None:
            trip = self._next = _Trip()
            trip.going = asyncio.create_task(self._go(trip))
            trip.going.add_done_callback(trip.arrive)
        # a wait of one's own: somebody who leaves must not take the answer of the others along
        waiting: asyncio.Future[V | None] = asyncio.get_running_loop().create_future()
        trip.waiting.append((key, waiting))
        return await waiting

    async def _go(self, trip: "_Trip[K, V]") -> Mapping[K, V]:
        async with self._one_at_a_time:
            self._next = None
            return await self._read(tuple({key: None for key, _ in trip.waiting}))


class _Trip(Generic[K, V]):
    going: asyncio.Task[Mapping[K, V]]

    def __init__(self) -> None:
        self.waiting: list[tuple[K, asyncio.Future[V | None]]] = []

    def arrive(self, going: asyncio.Task[Mapping[K, V]]) -> None:
        error = asyncio.CancelledError() if going.cancelled() else going.exception()
        for key, waiting in self.waiting:
            if waiting.done():
                continue
            if error is None:
                waiting.set_result(going.result().get(key))
            else:
                waiting.set_exception(error)
