"""Wrong receipts and bind codes in the chat: slower from the 5th, refused for a while from the 10th."""

import asyncio
from collections.abc import Sequence

from redis.exceptions import RedisError

from organisation.house import House

SLOW_FROM = 5
REFUSED_FROM = 10
WHILE_SECONDS = 15 * 60
PAUSE_SECONDS = 60
# a silent Redis must not hold up the conversation
PATIENCE_SECONDS = 0.5


async def seconds_to_wait(keys: Sequence[str], *, house: House) -> int:
    """0 when another try may be made now."""
    redis = house.coordination.redis
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            counts = [int(await redis.get(f"bot:tries:{key}") or 0) for key in keys]
            if max(counts) >= REFUSED_FROM:
                return WHILE_SECONDS
            paused = [await redis.exists(f"bot:pause:{key}") for key in keys]
            return PAUSE_SECONDS if any(paused) else 0
    except (RedisError, OSError, TimeoutError):
        return 0


async def note_wrong_try(keys: Sequence[str], *, house: House) -> None:
    redis = house.coordination.redis
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            for key in keys:
                count = int(await redis.incr(f"bot:tries:{key}"))
                await redis.expire(f"bot:tries:{key}", WHILE_SECONDS)
                if count >= SLOW_FROM:
                    await redis.set(f"bot:pause:{key}", "1", ex=PAUSE_SECONDS)
    except (RedisError, OSError, TimeoutError):
        return
