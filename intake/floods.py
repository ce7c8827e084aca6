"""What comes in a flood is received like everything, and stands aside: nobody is told of each, and nothing is lost.

It comes back when somebody says so, and by itself when a working day has passed.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from redis.exceptions import RedisError

from clients.database import rows
from delivery.outbox import Recipient
from dossier.notices import tell
from intake.draft import Draft
from models.fields import to_millis
from models.report import Report
from organisation.floods import Limits
from organisation.house import House
from vault.keys import DataKey

WORKING_DAYS_ASIDE: Final = 1
# then they go whether or not a worker has brought the report back
HELD_AT_MOST: Final = timedelta(hours=1)
# a silent Redis must not hold up whoever reports
PATIENCE_SECONDS: Final = 0.5
COLUMNS: Final = {"code": "entry_id", "place": "region_id", "body": "owner_id", "all": ""}
HOUR_MILLIS: Final = 3_600_000


async def is_flooding(source: str, *, channel: str, house: House) -> bool:
    """Counts one report from `source`, a name that leads back to nobody; empty where there is none to count by."""
    most, minutes = house.floods[channel]["source"]
    if not source or not most:
        return False
    redis: Any = house.coordination.redis
    try:
        async with asyncio.timeout(PATIENCE_SECONDS), redis.pipeline(transaction=True) as pipe:
            name = f"flood:{source}"
            counted = await pipe.incr(name).expire(name, minutes * 60, nx=True).execute()
    except (RedisError, OSError, TimeoutError):
        return False
    return int(counted[0]) > most


async def aside_until(draft: Draft, *, owner: str, at: datetime, house: House) -> datetime | None:
    """None for what has its place in the inbox."""
    limits = house.floods.get(str(draft.channel))
    if limits is None or not (draft.is_in_flood or await _is_over(limits, draft=draft, owner=owner, at=at)):
        return None
    calendar, timezone = house.organisation.calendar, house.timezone
    return calendar.add_working_days(at, days=WORKING_DAYS_ASIDE, timezone=timezone)


async def _is_over(limits: Limits, *, draft: Draft, owner: str, at: datetime) -> bool:
    """Whether any of the figures has been reached by those before; nothing is counted beyond it."""
    of = {"code": draft.entry.code, "place": draft.entry.region_id, "body": owner, "all": ""}
    values: list[Any] = [str(draft.channel)]
    asked = []
    for scope, column in COLUMNS.items():
        most, minutes = limits[scope]
        if not most:
            continue
        values += [to_millis(at - timedelta(minutes=minutes)), *([of[scope]] if column else [])]
        narrowed = f"submitted_at > ${len(values) - bool(column)}"
        narrowed += f" AND {column} = ${len(values)}" if column else ""
        found = f"SELECT 1 FROM report WHERE {narrowed} AND channel = $1 LIMIT {most}"
        asked.append(f"(SELECT COUNT(*) FROM ({found}) AS {scope}_found) >= {most}")
    if not asked:
        return False
    over = await rows(f"SELECT CASE WHEN {' OR '.join(asked)} THEN 1 ELSE 0 END AS is_over", *values)
    return bool(over[0]["is_over"])


async def tell_or_hold(
    told: Sequence[Recipient], *, report: Report, key: DataKey, house: House, at: datetime
) -> None:
    """Of a flood everybody who would be told hears once an hour; the notices of each wait for it to come back."""
    until = report.quarantined_until
    held_until = until + HELD_AT_MOST if until else None
    await tell(told, report=report, key=key, house=house, at=at, held_until=held_until)
    if until is not None:
        hour = to_millis(at) // HOUR_MILLIS
        once = [
            replace(each, dedupe=f"flood:{report.owner_id}:{hour}:staff:{each.staff_id}")
            for each in told
            if each.staff_id is not None
        ]
        await tell(once, report=report, key=key, house=house, at=at)
