"""扫码次数: counted in memory where a code is opened, added to the week's numbers some minutes later.

Nobody waits for it, and what is written tells neither when in the week nor who.
"""

import asyncio
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from clients.clock import Clock
from clients.writes import Write, write

EVERY_SECONDS: Final = 600
ADD: Final = """INSERT INTO scan_count (entry_id, week, scans)
  SELECT given.entry_id, given.week, given.scans FROM given_rows WHERE TRUE
  ON CONFLICT (entry_id, week) DO UPDATE SET scans = scan_count.scans + excluded.scans"""
COLUMNS: Final = {"entry_id": "text", "week": "text", "scans": "int"}


class ScanCounts:
    """One per process; a process that is killed takes the last minutes' numbers along."""

    def __init__(self) -> None:
        self._counted: Counter[str] = Counter()

    def add(self, code: str) -> None:
        """Of a code that was issued."""
        self._counted[code] += 1

    async def keep(self, *, day: date) -> None:
        """Adds what was counted to the week of `day`; what cannot be written now stays for the next time."""
        counted, self._counted = self._counted, Counter()
        try:
            await _write(counted, week=monday_of(day))
        except BaseException:  # also cancelled: what was counted is not to be lost
            self._counted.update(counted)
            raise


async def run_scan_counting(counts: ScanCounts, *, clock: Clock, timezone: ZoneInfo) -> None:
    """Until cancelled, and once more then; a failure ends it, to be begun again."""
    try:
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            await counts.keep(day=clock.now().astimezone(timezone).date())
    finally:
        await counts.keep(day=clock.now().astimezone(timezone).date())


def monday_of(day: date) -> str:
    return (day - timedelta(days=day.weekday())).isoformat()


async def _write(counted: Mapping[str, int], *, week: str) -> None:
    # in order, so that two processes do not wait for each other
    values = [(code, week, scans) for code, scans in sorted(counted.items())]
    await write(Write(sql=ADD, columns=COLUMNS, values=values))
