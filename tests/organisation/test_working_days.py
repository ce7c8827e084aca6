"""Working days counted by hand: weeks of 调休, holidays, and a New Year."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from organisation.working_days import Calendar

CHINA = ZoneInfo("Asia/Shanghai")
CALENDAR = Calendar()


@pytest.mark.parametrize(
    ("start", "days", "end", "why"),
    [
        ((2026, 2, 13), 5, (2026, 2, 27), "Sat 14 is worked, 15 to 23 are Spring Festival"),
        ((2026, 2, 27), 1, (2026, 2, 28), "Sat 28 is worked for the festival"),
        ((2026, 9, 18), 1, (2026, 9, 20), "Sun 20 is worked for National Day"),
        ((2026, 9, 30), 5, (2026, 10, 13), "1 to 7 are off, Sat 10 is worked, Sun 11 is not"),
        ((2025, 12, 31), 2, (2026, 1, 5), "1 to 3 are off, Sun 4 is worked"),
        ((2026, 4, 30), 3, (2026, 5, 8), "1 to 5 May are off"),
        ((2026, 11, 20), 5, (2026, 11, 27), "an ordinary week"),
    ],
)
def test_the_end_of_so_many_working_days(start, days, end, why):
    begun = datetime(*start, 16, 30, tzinfo=CHINA)
    ends = CALENDAR.add_working_days(begun, days=days, timezone=CHINA)
    assert ends == datetime(*end, 23, 59, 59, tzinfo=CHINA), why
    assert CALENDAR.working_days_between(begun.date(), ends.date()) == days


def test_the_day_is_the_one_in_china():
    # 16:30 UTC on Thursday is Friday there
    begun = datetime(2026, 11, 19, 16, 30, tzinfo=ZoneInfo("UTC"))
    assert CALENDAR.add_working_days(begun, days=1, timezone=CHINA).date() == date(2026, 11, 23)


def test_next_years_days_can_be_added_before_the_library_knows_them():
    # a year that no library knows yet
    friday, sunday = date(2099, 1, 2), date(2099, 1, 4)
    assert CALENDAR.is_working_day(friday) and not CALENDAR.is_working_day(sunday)
    added = Calendar(added={friday: False, sunday: True})
    assert not added.is_working_day(friday) and added.is_working_day(sunday)
    begun = datetime(2099, 1, 1, 9, 0, tzinfo=CHINA)
    assert added.add_working_days(begun, days=2, timezone=CHINA).date() == date(2099, 1, 5)
