"""The clocks of a case after it was accepted (domain.md §5): how long each step may take, and when that ends."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from organisation.working_days import add_working_days, working_days_ago

DAYS_TO_PROPOSE: Final = 30
MONTHS_TO_CONCLUDE: Final = 3
WORKING_DAYS_TO_FEED_BACK: Final = 15
DAYS_OPEN_AFTER_RATING: Final = 7
DAYS_OPEN_UNRATED: Final = 30
MONTHS_TO_LOOK_BACK: Final = 3
WORKING_DAYS_TO_ANSWER: Final = 5
WORKING_DAYS_TO_RECEIPT: Final = 5


def to_propose_by(at: datetime, *, timezone: ZoneInfo) -> datetime:
    return end_of(_local(at, timezone=timezone) + timedelta(days=DAYS_TO_PROPOSE), timezone=timezone)


def to_conclude_by(at: datetime, *, timezone: ZoneInfo) -> datetime:
    return end_of(months_after(_local(at, timezone=timezone), months=MONTHS_TO_CONCLUDE), timezone=timezone)


def later_by_an_extension(due_at: datetime, *, timezone: ZoneInfo) -> datetime:
    return to_conclude_by(due_at, timezone=timezone)


def to_feed_back_by(at: datetime, *, timezone: ZoneInfo) -> datetime:
    return add_working_days(at, days=WORKING_DAYS_TO_FEED_BACK, timezone=timezone)


def closes_unrated(at: datetime, *, timezone: ZoneInfo) -> datetime:
    return end_of(_local(at, timezone=timezone) + timedelta(days=DAYS_OPEN_UNRATED), timezone=timezone)


def closes_after_rating(at: datetime, *, timezone: ZoneInfo) -> datetime:
    return end_of(_local(at, timezone=timezone) + timedelta(days=DAYS_OPEN_AFTER_RATING), timezone=timezone)


def to_look_back_by(at: datetime, *, timezone: ZoneInfo) -> datetime:
    return end_of(months_after(_local(at, timezone=timezone), months=MONTHS_TO_LOOK_BACK), timezone=timezone)


def to_answer_an_urge_by(at: datetime, *, timezone: ZoneInfo) -> datetime:
    return add_working_days(at, days=WORKING_DAYS_TO_ANSWER, timezone=timezone)


def receipt_due_by(at: datetime, *, timezone: ZoneInfo) -> datetime:
    return add_working_days(at, days=WORKING_DAYS_TO_RECEIPT, timezone=timezone)


def days_before(at: datetime, *, days: int, timezone: ZoneInfo) -> datetime:
    """What was due before this has been overdue for so many working days; the day that `at` is in has not passed."""
    yesterday = _local(at, timezone=timezone) - timedelta(days=1)
    return datetime.combine(working_days_ago(yesterday, days=days) + timedelta(days=1), time(), timezone)


def end_of(day: date, *, timezone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(23, 59, 59), timezone)


def months_after(day: date, *, months: int) -> date:
    """The same day of a later month, or its last day where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _local(at: datetime, *, timezone: ZoneInfo) -> date:
    return at.astimezone(timezone).date()
