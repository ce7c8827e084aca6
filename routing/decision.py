"""What routing answers: an owner, the rule that settled it, and why, in words."""

from dataclasses import dataclass
from typing import NamedTuple

from routing.nodes import LiaisonNode


@dataclass(frozen=True, slots=True)
class RuledOut:
    """`who` is a person key or "body:<code>". Name and reason are for those only who may know them."""

    who: str
    name: str
    reason: str


class Decision(NamedTuple):
    """`body` is a body's code, or None exactly when `rule` is "outside": nothing is stored then.

    `reasons` name bodies and articles, never a person; persons stand in `ruled_out` alone.
    `failed_rule` names a rule that raised and so sent the matter to human triage.
    """

    body: str | None
    rule: str
    reasons: tuple[str, ...]
    ruled_out: tuple[RuledOut, ...] = ()
    liaisons_told: tuple[LiaisonNode, ...] = ()
    table_version: int = 0
    failed_rule: str | None = None


class Outcome(NamedTuple):
    """What one rule proposes: body codes in order of preference (empty ones are skipped), and its reason."""

    rule: str
    candidates: tuple[str, ...]
    reason: str
