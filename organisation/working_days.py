"""Chinese working days: holidays and 调休 (days made up at weekends) as published by the State Council."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

import chinese_calendar

LONGEST: Final = 90
REMEMBERED: Final = 4096
"""Spans counted before: a list asks for the same few again and again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """`added` are days that the organisation keeps itself, before the library knows them: whether they are worked."""

    added: Mapping[date, bool] = field(default_factory=dict)
    _counted: dict[tuple[date, date], int] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def is_working_day(self, day: date) -> bool:
        known = self.added.get(day)
        return _as_published(day) if known is None else known

    def add_working_days(self, at: datetime, *, days: int, timezone: ZoneInfo) -> datetime:
        """The end of the `days`-th working day after the local day of `at`."""
        day = at.astimezone(timezone)
        while days > 0:
            day += timedelta(days=1)
            days -= self.is_working_day(day.date())
        return datetime.combine(day.date(), time(23, 59, 59), timezone)

    def working_days_between(self, after: date, until: date) -> int:
        """Working days after `after`, up to and with `until`; never more than the longest that is of interest."""
        days = self._counted.get((after, until))
        if days is None:
            if len(self._counted) >= REMEMBERED:
                self._counted.clear()
            span = min((until - after).days, LONGEST)
            days = sum(self.is_working_day(after + timedelta(days=n)) for n in range(1, span + 1))
            self._counted[after, until] = days
        return days

    def working_days_ago(self, day: date, *, days: int) -> date:
        """The last day from which `days` working days have passed by the end of `day`."""
        while days > 0:
            days -= self.is_working_day(day)
            day -= timedelta(days=1)
        return day


@lru_cache(maxsize=1024)
def _as_published(day: date) -> bool:
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        # next year's holidays are published each November; until the library or the organisation has them, weekdays
        return day.weekday() < 5
