"""What routing was asked at a decision: kept with it, so that it can be asked again of any day's organisation."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from dossier import texts
from routing.decide import decide, explain_recused
from routing.decision import Decision
from routing.facts import Facts
from routing.rules import RULES
from routing.table import RoutingTable

NOTHING: Mapping[str, Any] = {
    "has_words": False,
    "appeal_of": None,
    "ruled_out_bodies": {},
    "ruled_out_people": {},
    "zone_trigger": None,
    "direction": "",
    "directed_to": "",
}
"""Of the facts, what other rows do not tell: place and fields never change, the words are the messages till then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """`holder` keeps the report while it can; the bodies of `once` (code → why) are passed over if others can.

    `is_by_hand` leaves the rules aside: people decide (domain.md §4.6).
    """

    facts: Facts
    holder: str = ""
    once: Mapping[str, str] = field(default_factory=dict)
    is_by_hand: bool = False


def answer(asked: Asked, table: RoutingTable) -> Decision:
    """The decision on that organisation; the same question and table always give the same one."""
    decision = _anew(asked, table)
    if not asked.holder:
        return decision
    name = table.name_of(f"body:{asked.holder}")
    if explain_recused(asked.facts, table).why_out(asked.holder, table) is None:
        reasons: tuple[str, ...] = (texts.KEPT.format(body=name),)
        return decision._replace(body=asked.holder, rule="kept", reasons=reasons)
    if decision.body is None:
        # nobody in the prefecture is free: it stays where it lies, without those recused
        return decision._replace(reasons=(*decision.reasons, texts.STRANDED.format(body=name)))
    return decision._replace(reasons=(texts.DECIDED_AGAIN, *decision.reasons))


def _anew(asked: Asked, table: RoutingTable) -> Decision:
    """By a body that has not had it before, where there is one: who passed it on does not get it back by itself."""
    facts, rules = asked.facts, () if asked.is_by_hand else RULES
    if asked.once:
        out = {**asked.once, **facts.ruled_out_bodies}
        elsewhere = decide(replace(facts, ruled_out_bodies=out), table, rules=rules)
        if elsewhere.body is not None or not asked.holder:
            return elsewhere
    return decide(facts, table, rules=rules)


def as_kept(asked: Asked) -> dict[str, Any]:
    kept: dict[str, Any] = {name: getattr(asked.facts, name) for name in NOTHING}
    kept |= {"cleared": dict(asked.facts.cleared)}
    kept |= {"holder": asked.holder, "once": dict(asked.once), "is_by_hand": asked.is_by_hand}
    return {name: value for name, value in kept.items() if value}


def as_asked(kept: Mapping[str, Any], *, facts: Facts) -> Asked:
    """`facts` are the report's, with the words as they were; all else is put back as it was kept."""
    extras = {name: kept.get(name, nothing) for name, nothing in NOTHING.items()}
    return Asked(
        facts=replace(facts, **extras, cleared=kept.get("cleared", {})),
        holder=kept.get("holder", ""),
        once=kept.get("once", {}),
        is_by_hand=kept.get("is_by_hand", False),
    )
