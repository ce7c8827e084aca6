"""A rule as people read it."""

from collections.abc import Sequence
from typing import Final

from models.choices import Kind, Status
from retention import texts
from retention.rules import REPORT, Rule

UNITS: Final = {"d": "天", "m": "个月", "y": "年"}


def rule_in_words(rule: Rule) -> tuple[str, str]:
    """What it is about, and how long that is kept."""
    about = texts.WHATS[rule.what]
    return f"{about}：{_ended(rule)}" if rule.what == REPORT else about, _keep(rule)


def reports_in_words(rules: Sequence[Rule]) -> str:
    """How long reports are kept, in a sentence."""
    return "；".join(f"{_ended(rule)} {_keep(rule)}" for rule in rules if rule.what == REPORT)


def _ended(rule: Rule) -> str:
    kind = Kind(rule.kind).label if rule.kind else texts.ANY_KIND
    return f"{kind}，{Status(rule.status).label}"


def _keep(rule: Rule) -> str:
    return f"{rule.keep[:-1]} {UNITS[rule.keep[-1]]}"
