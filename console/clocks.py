"""Times and deadlines as a person says them."""

from datetime import datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from console import texts
from models.choices import Status
from organisation.working_days import Calendar

RUNNING = frozenset({Status.RECEIVED, Status.ACCEPTED, Status.HANDLING, Status.CONCLUDED})


class Mark(NamedTuple):
    """`tone` is late, today, soon or calm."""

    tone: str
    words: str


def due_mark(
    due_at: datetime | None, *, status: str, now: datetime, timezone: ZoneInfo, calendar: Calendar
) -> Mark | None:
    """None when no clock of the report is running."""
    return mark_until(due_at, now=now, timezone=timezone, calendar=calendar) if status in RUNNING else None


def mark_until(
    due_at: datetime | None, *, now: datetime, timezone: ZoneInfo, calendar: Calendar
) -> Mark | None:
    if due_at is None:
        return None
    today, last = now.astimezone(timezone).date(), due_at.astimezone(timezone).date()
    if now > due_at:
        days = calendar.working_days_between(last, today)
        return Mark("late", texts.OVERDUE_DAYS.format(days=days) if days else texts.OVERDUE)
    if last == today:
        return Mark("today", texts.DUE_TODAY)
    days = calendar.working_days_between(today, last)
    if days == 0:
        return Mark("soon", texts.DUE_NOW)
    return Mark("soon" if days == 1 else "calm", texts.DUE_IN.format(days=days))


def age(at: datetime, *, now: datetime, timezone: ZoneInfo) -> str:
    days = (now.astimezone(timezone).date() - at.astimezone(timezone).date()).days
    if days <= 0:
        return texts.TODAY
    return texts.YESTERDAY if days == 1 else texts.DAYS_AGO.format(days=days)


def moment(at: datetime, *, timezone: ZoneInfo) -> str:
    local = at.astimezone(timezone)
    return f"{local.year}年{local.month}月{local.day}日 {local.hour:02}:{local.minute:02}"


def end_of_day(now: datetime, *, timezone: ZoneInfo) -> datetime:
    return datetime.combine(now.astimezone(timezone).date(), time(23, 59, 59, 999000), timezone)
