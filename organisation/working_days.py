"""Chinese working days: holidays and 调休 (days made up at weekends) as published by the State Council."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import chinese_calendar


@lru_cache(maxsize=1024)
def is_working_day(day: date) -> bool:
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        # next year's holidays are published each November; until the calendar has them, weekdays count
        return day.weekday() < 5


def add_working_days(at: datetime, *, days: int, timezone: ZoneInfo) -> datetime:
    """The end of the `days`-th working day after the local day of `at`."""
    day = at.astimezone(timezone)
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day.date())
    return datetime.combine(day.date(), time(23, 59, 59), timezone)
