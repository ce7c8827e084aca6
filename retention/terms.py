"""A rule as people read it."""

from typing import Final

from models.choices import Kind, Status
from retention import texts
from retention.rules import REPORT, Rule

UNITS: Final = {"d": "天", "m": "个月", "y": "年"}


def rule_in_words(rule: Rule) -> tuple[str, str]:
    """What it is about, and how long that is kept."""
    about = texts.WHATS[rule.what]
    if rule.what == REPORT:
        kind = Kind(rule.kind).label if rule.kind else texts.ANY_KIND
        about = f"{about}：{kind}，{Status(rule.status).label}"
    return about, f"{rule.keep[:-1]} {UNITS[rule.keep[-1]]}"
