"""How long each step may take (domain.md §5), by a county's own figures and the calendar's working days."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from organisation.figures import Figures
from organisation.house import House
from organisation.working_days import Calendar

MONTHS_TO_RESULT: Final = 3
"""Of what another authority has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """When each step that begins at a moment has to be done."""

    figures: Figures
    calendar: Calendar
    timezone: ZoneInfo

    def to_accept_by(self, at: datetime, *, used: int = 0) -> datetime:
        """`used` are working days that the same body has had it already; a day is left in any case."""
        return self.in_working_days(max(1, self.figures.days_to_accept - used), at)

    def to_propose_by(self, at: datetime) -> datetime:
        return self._days(self.figures.days_to_propose, at)

    def to_conclude_by(self, at: datetime) -> datetime:
        return self._months(self.figures.months_to_conclude, at)

    def to_feed_back_by(self, at: datetime) -> datetime:
        return self.in_working_days(self.figures.days_to_feed_back, at)

    def closes_unrated(self, at: datetime) -> datetime:
        return self._days(self.figures.days_open_unrated, at)

    def closes_after_rating(self, at: datetime) -> datetime:
        return self._days(self.figures.days_open_after_rating, at)

    def to_look_back_by(self, at: datetime) -> datetime:
        return self._months(self.figures.months_to_look_back, at)

    def to_answer_an_urge_by(self, at: datetime) -> datetime:
        return self.in_working_days(self.figures.days_to_answer, at)

    def receipt_due_by(self, at: datetime) -> datetime:
        return self.in_working_days(self.figures.days_to_receipt, at)

    def in_working_days(self, days: int, at: datetime) -> datetime:
        return self.calendar.add_working_days(at, days=days, timezone=self.timezone)

    def _days(self, days: int, at: datetime) -> datetime:
        return end_of(at.astimezone(self.timezone).date() + timedelta(days=days), timezone=self.timezone)

    def _months(self, months: int, at: datetime) -> datetime:
        day = months_after(at.astimezone(self.timezone).date(), months=months)
        return end_of(day, timezone=self.timezone)


def clocks_of(region_code: str, *, house: House) -> Clocks:
    """As the county has them in which the place lies."""
    county = house.organisation.table.county_of(region_code) or ""
    return Clocks(
        figures=house.organisation.figures.get(county, Figures()),
        calendar=house.organisation.calendar,
        timezone=house.timezone,
    )


def days_before(at: datetime, *, days: int, calendar: Calendar, timezone: ZoneInfo) -> datetime:
    """What was due before this has been overdue for so many working days; the day that `at` is in has not passed."""
    yesterday = at.astimezone(timezone).date() - timedelta(days=1)
    last = calendar.working_days_ago(yesterday, days=days)
    return datetime.combine(last + timedelta(days=1), time(), timezone)


def end_of(day: date, *, timezone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(23, 59, 59), timezone)


def months_after(day: date, *, months: int) -> date:
    """The same day of a later month, or its last day where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
