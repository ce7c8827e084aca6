"""Wrong tries at what can be guessed (passwords, receipts, bind codes), counted under names that tell nothing.

Slower from the 5th, refused for a while from the 10th; a try is counted before it is made, so that many at once
count as many, and forgiven when it was right. The counters live in Redis and may be lost: a fresh start for
somebody guessing is all that costs.
"""

import asyncio
import hmac
import ipaddress
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from aiohttp import web
from redis.exceptions import RedisError

from organisation.house import House

SLOW_FROM = 5
REFUSED_FROM = 10
WHILE_SECONDS = 15 * 60
PAUSES = (0.3, 0.6, 1.2, 2.0, 3.0)
SPACING_SECONDS = 60
# a silent Redis must not hold up whoever is waiting
PATIENCE_SECONDS = 0.5
SOURCE_KEY_SECONDS = 3600
SPEAKS_FOR_OTHERS = "X-Forwarded-For"
AWAY = (RedisError, OSError, TimeoutError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """`refused_for` seconds no try may be made (0: it may); before it is made, wait `pause` seconds.

    `is_too_soon` is for a door that cannot wait: the try before was less than a minute ago, and there were many.
    """

    refused_for: int = 0
    pause: float = 0.0
    is_too_soon: bool = False


async def count_try(names: Sequence[str], *, house: House) -> Standing:
    """Counts one try under every name; one that is refused is not counted."""
    redis: Any = house.coordination.redis
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            tries = await _most(names, redis=redis)
            if tries >= REFUSED_FROM:
                await forgive(names, house=house)
                return Standing(refused_for=max([await redis.ttl(_key(name)) for name in names] + [1]))
            is_first = await redis.set(f"{_key(names[0])}:last", "1", ex=SPACING_SECONDS, nx=True)
    except AWAY:
        # nobody counts while Redis is away: every try is a slow one
        return Standing(pause=PAUSES[-1])
    if tries < SLOW_FROM:
        return Standing()
    return Standing(pause=PAUSES[min(tries - SLOW_FROM, len(PAUSES) - 1)], is_too_soon=not is_first)


async def forgive(names: Sequence[str], *, house: House) -> None:
    """Takes one try back: it was right, or was not made."""
    redis: Any = house.coordination.redis
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            for name in names:
                if await redis.decr(_key(name)) <= 0:
                    await redis.delete(_key(name))
    except AWAY:
        return


async def forget(name: str, *, house: House) -> None:
    """After success the name starts anew; a source must not, or one right try would open the way to others."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await house.coordination.redis.delete(_key(name))
    except AWAY:
        return


class Sources:
    """Names sources, and forgets within the hour how it did."""

    def __init__(self) -> None:
        self._key = b""
        self._until = 0.0

    def name(self, address: str) -> str:
        if time.monotonic() >= self._until:
            self._key, self._until = secrets.token_bytes(32), time.monotonic() + SOURCE_KEY_SECONDS
        return hmac.digest(self._key, address.encode(), sha256).hex()


SOURCES = Sources()


def source_name(request: web.Request) -> str:
    """An HMAC of the peer's address under a key that only this process knows, for an hour at most.

    No address is kept or logged, and nothing that is kept leads back to one (Rules art. 29). The price: beside
    each other, processes count the tries of a source each for itself; those at an account or a receipt they
    count together.
    """
    return f"source:{SOURCES.name(peer(request))}"


def far_source_name(request: web.Request) -> str:
    """As `source_name`; empty where the other end is this machine.

    A proxy that does not say for whom it speaks would make one source of everybody.
    """
    address = peer(request)
    return "" if _is_here(address) else f"source:{SOURCES.name(address)}"


def peer(request: web.Request) -> str:
    """The other end; behind a proxy on this machine, whom it says it speaks for last."""
    address = request.remote or ""
    spoken_for = request.headers.get(SPEAKS_FOR_OTHERS, "").rpartition(",")[2].strip()
    return spoken_for if _is_here(address) and spoken_for else address


def _is_here(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _key(name: str) -> str:
    return f"tries:{name}"


async def _most(names: Sequence[str], *, redis: Any) -> int:
    async with redis.pipeline(transaction=True) as pipe:
        for name in names:
            pipe.incr(_key(name)).expire(_key(name), WHILE_SECONDS, nx=True)
        counted = await pipe.execute()
    return max(int(count) for count in counted[::2])
