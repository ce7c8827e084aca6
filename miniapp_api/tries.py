"""Wrong receipts: slower from the 5th try, refused for a while from the 10th, per prefix and per source.

A source is an HMAC of the peer's address under a key that lives an hour in this process's memory: nothing
written anywhere leads back to an address (Rules art. 29).
"""

import asyncio
import hmac
import secrets
import time
from hashlib import sha256
from typing import Final

from aiohttp import web
from redis.exceptions import RedisError

from miniapp_api.errors import TooMany
from miniapp_api.texts import RECEIPT_PAUSE
from organisation.house import House

SLOW_FROM: Final = 5
REFUSE_FROM: Final = 10
PAUSE_SECONDS: Final = 900
PREFIX_LENGTH: Final = 8
_KEY_SECONDS: Final = 3600
_FIRST_DELAY: Final = 0.25
_LONGEST_DELAY: Final = 4.0


class Sources:
    """Names sources, and forgets the names within the hour."""

    def __init__(self) -> None:
        self._key = b""
        self._until = 0.0

    def name(self, address: str) -> str:
        if time.monotonic() >= self._until:
            self._key, self._until = secrets.token_bytes(32), time.monotonic() + _KEY_SECONDS
        return hmac.digest(self._key, address.encode(), sha256).hex()[:32]


SOURCES: web.AppKey[Sources] = web.AppKey("sources", Sources)


def counters(request: web.Request, *, receipt: str, house: House) -> tuple[str, str]:
    """The two counters of a try; the prefix is a keyed hash too."""
    prefix = house.vault.index("receipt", f"prefix:{receipt[:PREFIX_LENGTH]}")[:32]
    return (
        f"mashang:receipt:prefix:{prefix}",
        f"mashang:receipt:source:{request.app[SOURCES].name(request.remote or '')}",
    )


async def count_try(names: tuple[str, str], *, house: House) -> None:
    """Counts before looking, so that many at once cannot slip through; raises `TooMany`."""
    tries = await _most(names, house=house)
    if tries >= REFUSE_FROM:
        raise TooMany(RECEIPT_PAUSE, retry_after=PAUSE_SECONDS)
    if tries >= SLOW_FROM:
        await asyncio.sleep(min(_FIRST_DELAY * 2 ** (tries - SLOW_FROM), _LONGEST_DELAY))


async def _most(names: tuple[str, str], *, house: House) -> int:
    redis = house.coordination.redis
    try:
        async with redis.pipeline(transaction=True) as pipe:
            for name in names:
                pipe.incr(name).expire(name, PAUSE_SECONDS, nx=True)
            counted = await pipe.execute()
    except (RedisError, OSError):
        # nobody counts while Redis is away: every try is slow then
        return SLOW_FROM
    return max(int(counted[0]), int(counted[2]))


async def forgive(names: tuple[str, str], *, house: House) -> None:
    """The receipt was right: its prefix starts anew, and the source has one try less."""
    redis = house.coordination.redis
    try:
        await redis.delete(names[0])
        if await redis.decr(names[1]) < 0:
            await redis.delete(names[1])
    except (RedisError, OSError):
        return
