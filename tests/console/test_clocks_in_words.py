"""Deadlines in words, counted in Chinese working days."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from console.clocks import age, due_mark, end_of_day, moment
from organisation.working_days import Calendar

CHINA = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=CHINA)


def mark(due_at, now=MONDAY, status="received"):
    return due_mark(due_at, status=status, now=now, timezone=CHINA, calendar=Calendar())


@pytest.mark.parametrize("days", [1, 2, 3, 5, 15])
def test_a_fresh_clock_says_all_its_days(days):
    due_at = Calendar().add_working_days(MONDAY, days=days, timezone=CHINA)
    assert mark(due_at).words == f"还剩 {days} 个工作日"


@pytest.mark.parametrize(
    ("due_at", "tone", "words"),
    [
        (datetime(2026, 11, 23, 23, 59, tzinfo=CHINA), "today", "今天到期"),
        (datetime(2026, 11, 24, 23, 59, tzinfo=CHINA), "soon", "还剩 1 个工作日"),
        (datetime(2026, 11, 22, 23, 59, tzinfo=CHINA), "late", "已超期 1 个工作日"),
        (datetime(2026, 11, 19, 23, 59, tzinfo=CHINA), "late", "已超期 2 个工作日"),
        (datetime(2026, 11, 23, 9, 0, tzinfo=CHINA), "late", "已超期"),
    ],
)
def test_marks(due_at, tone, words):
    assert (mark(due_at).tone, mark(due_at).words) == (tone, words)


def test_a_weekend_between_does_not_count():
    friday = datetime(2026, 11, 20, 18, 0, tzinfo=CHINA)
    assert mark(datetime(2026, 11, 23, 23, 59, tzinfo=CHINA), now=friday).words == "还剩 1 个工作日"
    assert mark(datetime(2026, 11, 22, 23, 59, tzinfo=CHINA), now=friday).words == "还剩不到 1 个工作日"


@pytest.mark.parametrize("status", ["declined", "fed_back", "closed"])
def test_no_clock_runs_when_nothing_is_to_be_done(status):
    assert mark(MONDAY, status=status) is None
    assert mark(None) is None


def test_age_and_moment_are_local():
    late_evening_utc = datetime(2026, 11, 22, 17, 0, tzinfo=ZoneInfo("UTC"))
    assert moment(late_evening_utc, timezone=CHINA) == "2026年11月23日 01:00"
    assert age(late_evening_utc, now=MONDAY, timezone=CHINA) == "今天"
    assert age(MONDAY - timedelta(days=1), now=MONDAY, timezone=CHINA) == "昨天"
    assert age(MONDAY - timedelta(days=9), now=MONDAY, timezone=CHINA) == "9 天前"
    assert end_of_day(late_evening_utc, timezone=CHINA).date() == MONDAY.date()
