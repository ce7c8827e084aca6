"""What comes in a flood is received like everything, and stands aside: nobody is told of each, and nothing is lost.

It comes back when somebody says so, and by itself when a working day has passed.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from redis.exceptions import RedisError

from clients.writes import Write
from delivery.outbox import Recipient
from dossier.notices import new_report_notices
from intake.draft import Draft
from models.fields import to_millis
from models.report import Report
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


def aside_until(at: datetime, *, house: House) -> datetime:
    calendar, timezone = house.organisation.calendar, house.timezone
    return calendar.add_working_days(at, days=WORKING_DAYS_ASIDE, timezone=timezone)


def is_over(draft: Draft, *, owner: str, at: datetime, values: list[Any], house: House) -> str:
    """As a condition in SQL, whose values are added to `values`: those before have reached one of the figures.

    Nothing is counted beyond a figure; and while all of them together are fewer than the least one, nothing but that.
    """
    limits = house.floods.get(str(draft.channel), {})
    figures = {scope: limits[scope] for scope in COLUMNS if limits and limits[scope][0]}
    if draft.is_in_flood and str(draft.channel) in house.floods:
        return "TRUE"
    if not figures:
        return "FALSE"

    def place(value: Any) -> str:
        values.append(value)
        return f"${len(values)}"

    of = {"code": draft.entry.code, "place": draft.entry.region_id, "body": owner}
    channel = place(str(draft.channel))

    def reached(scope: str, most: int, minutes: int) -> str:
        narrowed = (
            f"channel = {channel} AND submitted_at > {place(to_millis(at - timedelta(minutes=minutes)))}"
        )
        narrowed += f" AND {COLUMNS[scope]} = {place(of[scope])}" if COLUMNS[scope] else ""
        found = f"SELECT 1 FROM report WHERE {narrowed} LIMIT {most}"
        return f"(SELECT COUNT(*) FROM ({found}) AS {scope}_found) >= {most}"

    least = min(most for most, _ in figures.values())
    longest = max(minutes for _, minutes in figures.values())
    any_of_them = " OR ".join(reached(scope, *figure) for scope, figure in figures.items())
    return f"{reached('all', least, longest)} AND ({any_of_them})"


def flood_notices(
    told: Sequence[Recipient], *, report: Report, key: DataKey, house: House, at: datetime
) -> list[Write]:
    """Of a flood everybody who would be told hears once an hour; the notices of each wait for it to come back."""
    until = report.quarantined_until
    if until is None:
        return new_report_notices(told, report=report, key=key, house=house, at=at)
    hour = to_millis(at) // HOUR_MILLIS
    once = [
        replace(each, dedupe=f"flood:{report.owner_id}:{hour}:staff:{each.staff_id}")
        for each in told
        if each.staff_id is not None
    ]
    held_until = until + HELD_AT_MOST
    return [
        *new_report_notices(told, report=report, key=key, house=house, at=at, held_until=held_until),
        *new_report_notices(once, report=report, key=key, house=house, at=at),
    ]
