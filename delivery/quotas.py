"""What WeChat lets us send in a day: counted among all processes, and planned so that answers never find it spent.

At the day's beginning a part of each quota is kept for what comes first; it shrinks as the day goes, so that
nothing is left unused at its end.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from clients.clock import Clock
from clients.database import rows
from clients.writes import Write, write
from models.errors import DomainError
from models.fields import to_millis

log = logging.getLogger(__name__)

QUOTAS: Final[Mapping[str, int]] = {"text": 500_000, "template": 100_000, "subscription": 10_000_000}
"""A day, for a new account; a place whose account has others says so (the setting QUOTAS)."""
PLATFORM: Final = ZoneInfo("Asia/Shanghai")
"""Quotas are counted by the day of the platform."""
ANSWERS: Final = frozenset({"report_reply", "report_progress"})
REMINDERS: Final = frozenset({"urge", "draft"})
KEPT_FROM_REMINDERS, KEPT_FROM_ALERTS = 0.5, 0.2
WARNED_AT: Final = 0.8
EVERY_SECONDS: Final = 2.0
AT_LEAST: Final = timedelta(minutes=1)
DAY: Final = timedelta(days=1)

ADD: Final = """INSERT INTO quota_spent (api, ends_at, spent, most)
  SELECT given.api, given.ends_at, given.spent, given.most FROM given_rows WHERE TRUE
  ON CONFLICT (api, ends_at) DO UPDATE SET spent = quota_spent.spent + excluded.spent, most = excluded.most"""
COLUMNS: Final = {"api": "text", "ends_at": "bigint", "spent": "int", "most": "int"}
SPENT: Final = "SELECT api, ends_at, spent FROM quota_spent WHERE ends_at > $1"


class QuotasWrong(DomainError):
    key = "quotas-wrong"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"MASHANG_QUOTAS 中的“{name[:40]}”不对：应为 JSON，{'、'.join(QUOTAS)} → 一天的次数（正整数），"
            '如 {"template": 100000}。'
        )


def read_quotas(setting: Mapping[str, Any]) -> dict[str, int]:
    """The defaults, with what the setting gives in their place. Raises `QuotasWrong` naming what is wrong."""
    for api, most in setting.items():
        if api not in QUOTAS or type(most) is not int or not 0 < most < 2**31:
            raise QuotasWrong(api)
    return {**QUOTAS, **setting}


def end_of_day(at: datetime) -> datetime:
    """Of the platform, a little later: its clock need not be ours."""
    local = at.astimezone(PLATFORM) + DAY
    return local.replace(hour=0, minute=0, second=5, microsecond=0)


class Quotas:
    """One per process. What others sent is known some seconds later; a killed process takes its last seconds along."""

    def __init__(self, limits: Mapping[str, int] = QUOTAS) -> None:
        self._limits = limits
        self._counted: Counter[tuple[str, int]] = Counter()
        self._known: dict[tuple[str, int], int] = {}
        self._warned: set[tuple[str, int]] = set()

    def count(self, api: str, *, at: datetime) -> None:
        """One message that is about to go."""
        day = (api, to_millis(end_of_day(at)))
        self._counted[day] += 1
        spent, most = self._spent(day), self._limits[api]
        if spent >= WARNED_AT * most and day not in self._warned:
            self._warned.add(day)
            log.warning("quota_low", extra={"api": api, "spent": spent, "most": most})

    def later(self, notice: str, *, api: str, at: datetime) -> datetime | None:
        """When a notice may go that has to leave what there is to others; None when it may go now."""
        if notice in ANSWERS:
            return None
        kept = KEPT_FROM_REMINDERS if notice in REMINDERS else KEPT_FROM_ALERTS
        ends_at = end_of_day(at)
        free = max(0.0, 1 - self._spent((api, to_millis(ends_at))) / self._limits[api])
        # what is kept shrinks with the day: by then no more is kept than there is
        may_at = ends_at - free / kept * DAY
        return None if may_at <= at else max(may_at, at + AT_LEAST)

    def _spent(self, day: tuple[str, int]) -> int:
        return self._known.get(day, 0) + self._counted[day]

    async def keep(self, *, at: datetime) -> None:
        """Adds what was counted to what all have counted, and learns of it."""
        counted, self._counted = self._counted, Counter()
        try:
            values = [
                (api, day, spent, self._limits[api]) for (api, day), spent in sorted(counted.items()) if spent
            ]
            await write(Write(sql=ADD, columns=COLUMNS, values=values))
        except BaseException:  # also cancelled: what was counted is not to be lost
            self._counted.update(counted)
            raise
        found = await rows(SPENT, to_millis(at))
        self._known = {(row["api"], row["ends_at"]): row["spent"] for row in found}


async def run_quota_counting(quotas: Quotas, *, clock: Clock) -> None:
    """Until cancelled, and once more then; a failure ends it, to be begun again."""
    try:
        while True:
            await quotas.keep(at=clock.now())
            await asyncio.sleep(EVERY_SECONDS)
    finally:
        await quotas.keep(at=clock.now())
