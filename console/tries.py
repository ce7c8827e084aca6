"""Wrong tries at signing in: slower from the 5th, refused for a while from the 10th, per account and source.

A source is an HMAC of the peer's address under a key that lives an hour; no address is kept or logged, and
what lies in Redis alone does not lead back to one.
"""

import asyncio
import hmac
import ipaddress
import secrets
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from aiohttp import web
from redis.exceptions import RedisError

from console.errors import TooManyTries
from organisation.house import House

SLOW_FROM = 5
REFUSED_FROM = 10
WHILE_SECONDS = 15 * 60
PAUSES = (0.3, 0.6, 1.2, 2.0, 3.0)
SOURCE_KEY = "console:source-key"
SOURCE_KEY_SECONDS = 3600
SPEAKS_FOR_OTHERS = "X-Forwarded-For"


class Tries:
    """Counts a try before it is made, so that many at once count as many."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._redis: Any = house.coordination.redis

    async def keys(self, request: web.Request, *, username: str) -> tuple[str, str]:
        """Where tries at this account, and from this source, are counted."""
        account = self._house.vault.index("sign-in", username)
        return (f"console:tries:account:{account}", f"console:tries:source:{await self._source(request)}")

    async def begin(self, keys: Sequence[str]) -> None:
        """Waits as long as the tries before ask for; raises `TooManyTries`."""
        try:
            counts = [await self._count(key) for key in keys]
        except (RedisError, OSError):
            # without the counters every try is a slow one
            await asyncio.sleep(PAUSES[-1])
            return
        if max(counts) > REFUSED_FROM:
            await self.forgive(keys)
            raise TooManyTries(seconds=max([await self._redis.ttl(key) for key in keys]))
        if max(counts) >= SLOW_FROM:
            await asyncio.sleep(PAUSES[min(max(counts) - SLOW_FROM, len(PAUSES) - 1)])

    async def forgive(self, keys: Sequence[str]) -> None:
        """Takes one try back: it was right, or was not made."""
        try:
            for key in keys:
                if await self._redis.decr(key) <= 0:
                    await self._redis.delete(key)
        except (RedisError, OSError):
            return

    async def forget_account(self, keys: tuple[str, str]) -> None:
        """After a whole sign-in; the source keeps its count, or one account would open the way to others."""
        try:
            await self._redis.delete(keys[0])
        except (RedisError, OSError):
            return

    async def _count(self, key: str) -> int:
        count = int(await self._redis.incr(key))
        if count <= REFUSED_FROM:
            await self._redis.expire(key, WHILE_SECONDS)
        return count

    async def _source(self, request: web.Request) -> str:
        try:
            await self._redis.set(SOURCE_KEY, secrets.token_hex(32), ex=SOURCE_KEY_SECONDS, nx=True)
            key = await self._redis.get(SOURCE_KEY) or b""
        except (RedisError, OSError):
            key = b""
        # half of the key lies in Redis and is gone within the hour, the other half never does
        half = self._house.vault.index("sign-in source", bytes(key).decode())
        return hmac.digest(half.encode(), peer(request).encode(), sha256).hex()


def peer(request: web.Request) -> str:
    """The other end; behind a proxy on this machine, whom it says it speaks for last."""
    address = request.remote or ""
    try:
        is_proxy = ipaddress.ip_address(address).is_loopback
    except ValueError:
        is_proxy = False
    spoken_for = request.headers.get(SPEAKS_FOR_OTHERS, "").rpartition(",")[2].strip()
    return spoken_for if is_proxy and spoken_for else address
