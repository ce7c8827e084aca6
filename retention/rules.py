"""The rules (保管期限): how long everything is kept, a default set as data and rows where it is kept otherwise."""

import csv
import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Final

from access.retention import Limit
from models.choices import Kind, Status
from models.retention_rule import RetentionRule
from retention import texts
from retention.errors import RuleWrong
from vault.log import record

DEFAULTS: Final = Path(__file__).parent / "rules.csv"
REPORT: Final = "report"
ENDED: Final = (Status.CLOSED, Status.DECLINED)
NO_KIND: Final = ""
KEEP: Final = re.compile(r"([1-9]\d{0,4})([dmy])")
LEAST_DAYS, MOST_DAYS = 365, 36_525
DAYS: Final[Mapping[str, int]] = {"d": 1, "m": 30, "y": 365}
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """`kind` and `status` are a report's; where there is no rule for a kind, that of the empty kind holds."""

    what: str
    kind: str
    status: str
    keep: str
    is_default: bool

    @property
    def key(self) -> Key:
        return (self.what, self.kind, self.status)


async def rules_in_force() -> Sequence[Rule]:
    """In the order of the default set."""
    other = {(row.what, row.kind, row.status): row.keep for row in await RetentionRule.all()}
    return [
        Rule(
            what=rule.what,
            kind=rule.kind,
            status=rule.status,
            keep=other.get(rule.key, rule.keep),
            is_default=rule.key not in other,
        )
        for rule in default_rules()
    ]


@lru_cache(maxsize=1)
def default_rules() -> Sequence[Rule]:
    with DEFAULTS.open(encoding="utf-8") as file:
        return [Rule(**row, is_default=True) for row in csv.DictReader(file)]


async def limits(*, at: datetime) -> Sequence[Limit]:
    """For every kind and every status in which a report has ended."""
    keeps = {rule.key: rule.keep for rule in await rules_in_force()}
    return [
        Limit(kind=kind, status=status, before=earlier(at, keep=_of_kind(keeps, kind=kind, status=status)))
        for kind in (NO_KIND, *Kind)
        for status in ENDED
    ]


def _of_kind(keeps: Mapping[Key, str], *, kind: str, status: str) -> str:
    return keeps.get((REPORT, kind, status)) or keeps[REPORT, NO_KIND, status]


async def set_rule(*, what: str, kind: str, status: str, keep: str, by: str, at: datetime) -> None:
    """Raises `RuleWrong`. Nothing is destroyed by it: that takes two people, each time."""
    if (what, kind, status) not in {rule.key for rule in default_rules()}:
        raise RuleWrong(texts.RULE_UNKNOWN)
    days = _days(keep)
    if what == REPORT and days < LEAST_DAYS:
        raise RuleWrong(texts.KEEP_SHORT)
    if days > MOST_DAYS:
        raise RuleWrong(texts.KEEP_LONG)
    await RetentionRule.update_or_create(
        what=what, kind=kind, status=status, defaults={"keep": keep, "set_at": at}
    )
    await record(
        "retention.rule", by=by, at=at, data={"what": what, "kind": kind, "status": status, "keep": keep}
    )


def earlier(at: datetime, *, keep: str) -> datetime:
    """What began before that moment is over. Months and years are the calendar's."""
    many, unit = _read(keep)
    if unit == "d":
        return at - timedelta(days=many)
    months = at.year * 12 + at.month - 1 - many * (12 if unit == "y" else 1)
    year, month = months // 12, months % 12 + 1
    return at.replace(year=year, month=month, day=min(at.day, monthrange(year, month)[1]))


def _days(keep: str) -> int:
    many, unit = _read(keep)
    return many * DAYS[unit]


def _read(keep: str) -> tuple[int, str]:
    found = KEEP.fullmatch(keep)
    if found is None:
        raise RuleWrong(texts.KEEP_WRONG)
    return int(found[1]), found[2]
