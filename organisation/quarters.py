"""Quarters of a year, as `2026-4`, and when they begin and end."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

WRITTEN = re.compile(r"(20\d\d)-([1-4])")


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"

    @property
    def before(self) -> "Quarter":
        return Quarter(self.year, self.number - 1) if self.number > 1 else Quarter(self.year - 1, 4)

    @property
    def after(self) -> "Quarter":
        return Quarter(self.year, self.number + 1) if self.number < 4 else Quarter(self.year + 1, 1)

    def begins_at(self, *, timezone: ZoneInfo) -> datetime:
        return datetime.combine(date(self.year, self.number * 3 - 2, 1), time(), timezone)

    def ends_at(self, *, timezone: ZoneInfo) -> datetime:
        """The first moment after it."""
        return self.after.begins_at(timezone=timezone)


def quarter_at(at: datetime, *, timezone: ZoneInfo) -> Quarter:
    day = at.astimezone(timezone)
    return Quarter(day.year, (day.month + 2) // 3)


def read_quarter(given: str) -> Quarter | None:
    found = WRITTEN.fullmatch(given.strip())
    return Quarter(int(found.group(1)), int(found.group(2))) if found else None
