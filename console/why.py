"""Why a body answers for a report: each decision with its rule and reasons, and for leaders who was ruled out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from access.viewer import Viewer
from casework.texts import PASSED_ON
from console import texts
from dossier.texts import HAD_BEFORE
from models.choices import Role
from models.decision import RoutingDecision
from organisation.reach import knows_recusals_of
from routing.decision import RuledOut
from routing.table import RoutingTable
from routing.texts import LEFT_OUT, SHOULD_RECUSE
from vault.keys import DataKey

TOLD = {**LEFT_OUT, HAD_BEFORE: HAD_BEFORE, PASSED_ON: PASSED_ON}


@dataclass(frozen=True, slots=True, kw_only=True)
class Out:
    name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """One decision in words. `by` is who named the body; empty where routing did, or somebody stepped back."""

    id: str
    cause: str
    at: datetime
    body: str
    rule: str
    words: Sequence[str]
    by: str
    out: Sequence[Out]
    may_replay: bool


def reasons_of(
    decisions: Sequence[RoutingDecision], *, key: DataKey, viewer: Viewer, table: RoutingTable
) -> Sequence[Reasons]:
    """Of decisions in the order made, each with whoever named the body: the latest first."""
    return [_opened(each, key=key, viewer=viewer, table=table) for each in reversed(decisions)]


def _opened(decision: RoutingDecision, *, key: DataKey, viewer: Viewer, table: RoutingTable) -> Reasons:
    kept = key.open_json(decision.sealed_reasons, place=f"routing_decision:{decision.id}:reasons")
    ruled_out = [RuledOut(out["who"], out["name"], out["reason"]) for out in kept["ruled_out"]]
    # who stepped back, or whom a leader sent away, is not the next body's to know
    is_named = decision.by is not None and decision.cause in texts.NAMED_BY
    return Reasons(
        id=decision.id,
        cause=texts.CAUSES.get(decision.cause, ""),
        at=decision.decided_at,
        body=table.name_of(f"body:{decision.body_id}"),
        rule=texts.RULES.get(decision.rule, ""),
        words=_words(kept),
        by=decision.by.name if decision.by is not None and is_named else "",
        out=out_for(viewer, ruled_out, table=table),
        may_replay=viewer.role == Role.LEADER and "asked" in kept,
    )


def _words(kept: Mapping[str, Any]) -> Sequence[str]:
    """The reasons name bodies and articles; below them what was given by whoever named the body."""
    given = kept.get("given", {})
    said = [words.format(words=given[name]) for name, words in texts.GIVEN.items() if name in given]
    return [*kept["reasons"], *said]


def out_for(viewer: Viewer, ruled_out: Iterable[RuledOut], *, table: RoutingTable) -> Sequence[Out]:
    """What of it this reader may know, in the words of a kind: never the private reason of a recusal.

    A reporter's own wish reads like any other recusal, and so does what was registered or declared.
    """
    if viewer.role != Role.LEADER:
        return []
    return [
        Out(name=out.name, reason=TOLD.get(out.reason, SHOULD_RECUSE))
        for out in ruled_out
        if out.who.startswith("body:") or _is_ours(viewer, out.who, table=table)
    ]


def _is_ours(viewer: Viewer, who: str, *, table: RoutingTable) -> bool:
    person = table.staff.get(who)
    body = table.bodies.get(person.body_code) if person is not None else None
    return body is not None and knows_recusals_of(viewer, body, table=table)
