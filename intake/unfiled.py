"""Room for what was uploaded and not filed yet: anybody may upload without a name, so it has to end somewhere.

What belongs to a report is never counted nor touched, and neither is what was said in the chat, where WeChat knows
who sends and drafts are limited.
"""

import asyncio
from typing import Any, Final

from redis.exceptions import RedisError

from clients.database import changed, rows
from intake.floods import PATIENCE_SECONDS
from models.fields import to_millis
from organisation.house import House

MEGABYTE: Final = 1024 * 1024
MOST_BYTES: Final = 2048 * MEGABYTE
"""Overall, as kept: some 5,000 photos at once, and a twenty-fifth of the disk of the smallest county (运维手册)."""
MOST_FILES: Final = 20_000
"""Overall: small files cost the database what large ones cost the disk."""
MOST_BYTES_A_SOURCE: Final = 300 * MEGABYTE
"""Within an hour: 700 photos, since a whole township may come from one address of its mobile network."""
HOUR_SECONDS: Final = 3600
TIGHT: Final = 0.5
"""Above this part of the room, the worker looks for what may go before its three days are over."""
UNDER_WAY_SECONDS: Final = 600
"""Younger ones are being filed, or belong to a paper that is just entered."""
WRITTEN_ON_SECONDS: Final = 6 * 3600
"""Who has not filed within a morning or an evening is taken to have given up, if room is needed."""
AT_ONCE: Final = 500

UNFILED: Final = "a.session_index IS NOT NULL AND a.report_id IS NULL AND a.status = 'stored'"
ROOM: Final = f"SELECT COUNT(*) AS files, COALESCE(SUM(a.size), 0) AS bytes FROM attachment a WHERE {UNFILED}"
LIVE: Final = (
    """EXISTS (SELECT 1 FROM api_session s WHERE s.person_index = a.session_index AND s.expires_at > $1)"""
)
# those of sessions that are over first, each the oldest first
SPENT: Final = f"""SELECT a.id, a.size FROM attachment a WHERE {UNFILED}
  AND a.created_at < $2 AND (a.created_at < $3 OR NOT {LIVE})
  ORDER BY CASE WHEN {LIVE} THEN 1 ELSE 0 END, a.created_at, a.id LIMIT {AT_ONCE}"""
# looked at again on the locked row: filed meanwhile, it stays
DROP: Final = "DELETE FROM attachment WHERE id = $1 AND report_id IS NULL"


async def has_room() -> bool:
    files, taken = await _taken()
    return files < MOST_FILES and taken < MOST_BYTES


async def _taken() -> tuple[int, int]:
    found = (await rows(ROOM))[0]
    return int(found["files"]), int(found["bytes"])


async def is_too_much(source: str, *, size: int, house: House) -> bool:
    """Counts `size` bytes from `source`, a name that leads back to nobody; empty where there is none to count by."""
    if not source:
        return False
    redis: Any = house.coordination.redis
    try:
        async with asyncio.timeout(PATIENCE_SECONDS), redis.pipeline(transaction=True) as pipe:
            name = f"uploads:{source}"
            counted = await pipe.incrby(name, size).expire(name, HOUR_SECONDS, nx=True).execute()
    except (RedisError, OSError, TimeoutError):
        return False
    return int(counted[0]) > MOST_BYTES_A_SOURCE


async def drop_spent(*, house: House) -> int:
    """Where room grows short; answers how many files went."""
    dropped = 0
    while True:
        files, taken = await _taken()
        surplus, too_many = taken - int(MOST_BYTES * TIGHT), files - int(MOST_FILES * TIGHT)
        now = to_millis(house.clock.now())
        young, written_on = now - UNDER_WAY_SECONDS * 1000, now - WRITTEN_ON_SECONDS * 1000
        spent = await rows(SPENT, now, young, written_on) if surplus > 0 or too_many > 0 else []
        for row in spent:
            if surplus <= 0 and too_many <= 0:
                return dropped
            if await changed(DROP, row["id"]):
                await house.media.drop(row["id"])
                dropped += 1
            surplus, too_many = surplus - row["size"], too_many - 1
        if len(spent) < AT_ONCE:
            return dropped
