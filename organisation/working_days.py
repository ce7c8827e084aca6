"""Chinese working days: holidays and 调休 (days made up at weekends) as published by the State Council."""

import csv
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

import chinese_calendar

LONGEST = 90
ADDED = Path(__file__).parent / "holidays.csv"
"""Days of a year that the calendar library does not know yet: `day,is_working,name`, with yes or no."""


@lru_cache(maxsize=1)
def added_days() -> dict[date, bool]:
    with ADDED.open(encoding="utf-8-sig", newline="") as file:
        return {date.fromisoformat(row["day"]): row["is_working"] == "yes" for row in csv.DictReader(file)}


@lru_cache(maxsize=1024)
def is_working_day(day: date) -> bool:
    if day in added_days():
        return added_days()[day]
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        # next year's holidays are published each November; until the calendar or our table has them, weekdays count
        return day.weekday() < 5


def add_working_days(at: datetime, *, days: int, timezone: ZoneInfo) -> datetime:
    """The end of the `days`-th working day after the local day of `at`."""
    day = at.astimezone(timezone)
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day.date())
    return datetime.combine(day.date(), time(23, 59, 59), timezone)


def working_days_between(after: date, until: date) -> int:
    """Working days after `after`, up to and with `until`; never more than the longest that is of interest."""
    span = min((until - after).days, LONGEST)
    return sum(is_working_day(after + timedelta(days=n)) for n in range(1, span + 1))


def working_days_ago(day: date, *, days: int) -> date:
    """The last day from which `days` working days have passed by the end of `day`."""
    while days > 0:
        days -= is_working_day(day)
        day -= timedelta(days=1)
    return day
