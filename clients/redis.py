"""Coordination between processes: what may be lost at any moment without losing anything but speed."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fakeredis import FakeAsyncRedis
from redis.asyncio import BlockingConnectionPool, Redis
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
CHANNEL = "mashang:wake"
FAREWELL_SECONDS = 1.0


class Coordination:
    """A Redis (or its in-process stand-in) and the wake-ups that travel through it.

    `redis` speaks redis.asyncio either way. Whoever waits for a wake-up also polls: a lost one costs time only.
    """

    def __init__(self, redis: Any, *, is_shared: bool) -> None:
        self.redis = redis
        self.is_shared = is_shared
        self._events: dict[str, asyncio.Event] = {}
        self._unsaid: set[str] = set()
        self._has_unsaid = asyncio.Event()

    def waker(self, name: str) -> asyncio.Event:
        """The event that `wake(name)` sets, in this process and, where there is Redis, in all."""
        return self._events.setdefault(name, asyncio.Event())

    async def wake(self, name: str) -> None:
        """Never waits for Redis, which may be silent: whoever wakes may hold a transaction open."""
        self.waker(name).set()
        if self.is_shared:
            self._unsaid.add(name)
            self._has_unsaid.set()

    async def speak(self) -> None:
        """Carries wake-ups from here to other processes, for as long as it runs."""
        while True:
            await self._has_unsaid.wait()
            await self.say_all()

    async def say_all(self) -> None:
        self._has_unsaid.clear()
        names, self._unsaid = self._unsaid, set()
        for name in names:
            with contextlib.suppress(RedisError, OSError):
                await self.redis.publish(CHANNEL, name)

    async def is_answering(self) -> bool:
        try:
            return bool(await asyncio.wait_for(self.redis.ping(), 2))
        except (RedisError, OSError, TimeoutError):
            return False

    async def listen(self) -> None:
        """Carries wake-ups of other processes here, for as long as it runs."""
        while True:
            try:
                async with self.redis.pubsub() as pubsub:
                    await pubsub.subscribe(CHANNEL)
                    while True:
                        message = await pubsub.get_message(ignore_subscribe_messages=True, timeout=4)
                        if message is not None:
                            self.waker(message["data"].decode()).set()
            except (RedisError, OSError):
                log.warning("redis_unreachable")
                await asyncio.sleep(1)


@asynccontextmanager
async def coordinated(url: str) -> AsyncIterator[Coordination]:
    """Opens Redis, or the in-process stand-in when `url` is empty."""
    if not url:
        yield Coordination(FakeAsyncRedis(), is_shared=False)
        return
    # the default pool raises at its 100th connection instead of waiting
    pool = BlockingConnectionPool.from_url(
        url, max_connections=20, timeout=5, socket_timeout=5, socket_connect_timeout=2
    )
    redis = Redis(connection_pool=pool)
    coordination = Coordination(redis, is_shared=True)
    tasks = {asyncio.create_task(coordination.listen()), asyncio.create_task(coordination.speak())}
    try:
        yield coordination
    finally:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(coordination.say_all(), FAREWELL_SECONDS)
        # redis-py swallows a cancellation that comes while it connects, so ask until it is heard
        while tasks:
            for task in tasks:
                task.cancel()
            _, tasks = await asyncio.wait(tasks, timeout=0.5)
        await redis.aclose()
