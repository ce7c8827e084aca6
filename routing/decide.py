"""`decide(facts, table)`: first everyone recused leaves, then the first rule that settles it wins."""

from collections.abc import Iterable, Sequence

from routing import texts
from routing.alerts import liaisons_told
from routing.case import Case, open_case
from routing.conflicts import Conflicts
from routing.decision import Decision, Outcome, RuledOut
from routing.facts import Facts
from routing.nodes import BodyNode
from routing.reach import has_authority
from routing.rules import RULES, Rule
from routing.rules.triage import triage
from routing.table import RoutingTable
from routing.unowned import body_of_last_resort


def decide(facts: Facts, table: RoutingTable, *, rules: Sequence[Rule] = RULES) -> Decision:
    """Who is responsible, and why. The same facts and table always give the same answer.

    A rule that raises does not pass on its error: the matter goes to human triage and `failed_rule` names it.
    """
    return decide_case(open_case(facts, table), rules=rules)


def decide_and_explain(
    facts: Facts, table: RoutingTable, *, rules: Sequence[Rule] = RULES
) -> tuple[Decision, Conflicts]:
    """What `decide` and `explain_recused` answer, of a matter opened once."""
    case = open_case(facts, table)
    return decide_case(case, rules=rules), case.conflicts


def decide_case(case: Case, *, rules: Sequence[Rule] = RULES) -> Decision:
    """As `decide`, of a matter already opened: for asking several things of one."""
    for rule in rules:
        try:
            outcome = rule(case)
        except Exception:  # whatever a rule does wrong, the report must reach a person (design.md §3, rule 5)
            return _settle(case, triage(case, reason=texts.TRIAGE_FAILED), failed_rule=rule.__name__)
        if outcome is not None:
            return _settle(case, outcome)
    return _settle(case, triage(case))


def explain_recused(facts: Facts, table: RoutingTable) -> Conflicts:
    """Who may have nothing to do with the matter, whoever ends up owning it."""
    return open_case(facts, table).conflicts


def _settle(case: Case, outcome: Outcome, *, failed_rule: str | None = None) -> Decision:
    """The first candidate that has the authority and is not out."""
    passed_over: list[str] = []
    ruled_out: list[RuledOut] = []
    owner = None
    for code in _in_order(case, outcome):
        body = case.table.bodies.get(code)
        if body is None or not has_authority(body, case):
            continue
        why_out = case.conflicts.why_out(code, case.table)
        if why_out is None:
            owner = body
            break
        if any(out.who == f"body:{code}" for out in ruled_out):
            continue
        passed_over.append(texts.PASSED_OVER.format(body=body.name))
        ruled_out.append(RuledOut(f"body:{code}", body.name, why_out))
    if owner is None:
        return _unowned(case, outcome, ruled_out, failed_rule)
    return Decision(
        owner.code,
        outcome.rule,
        (*_opening(case), outcome.reason, *passed_over, texts.SETTLED.format(body=owner.name)),
        _everyone_out(case, ruled_out) if ruled_out or case.conflicts.causes else (),
        liaisons_told(case),
        case.table.version,
        failed_rule,
    )


def _in_order(case: Case, outcome: Outcome) -> Iterable[str]:
    """As the rule prefers them, a body that a person named before the others."""
    named = case.facts.directed_to
    return (named, *outcome.candidates) if named and named in outcome.candidates else outcome.candidates


def _unowned(case: Case, outcome: Outcome, ruled_out: list[RuledOut], failed_rule: str | None) -> Decision:
    """Nobody is free: a body of last resort still takes the matter in, else it is outside."""
    last_resort = body_of_last_resort(case, outcome)
    if last_resort is not None:
        body, reason = last_resort
        return Decision(
            body=body.code,
            rule="triage",
            reasons=(*_opening(case), outcome.reason, reason, texts.SETTLED.format(body=body.name)),
            ruled_out=_everyone_out(case, [out for out in ruled_out if not _is_back(out, body)]),
            liaisons_told=liaisons_told(case),
            table_version=case.table.version,
            failed_rule=failed_rule,
        )
    exhausted = () if outcome.rule == "outside" else (texts.OUTSIDE_EXHAUSTED,)
    return Decision(
        body=None,
        rule="outside",
        reasons=(*_opening(case), outcome.reason, *exhausted),
        ruled_out=_everyone_out(case, ruled_out),
        table_version=case.table.version,
        failed_rule=failed_rule,
    )


def _is_back(out: RuledOut, body: BodyNode) -> bool:
    """Whether a body was passed over for nothing that stands against it."""
    return out.reason == texts.VACANT or out.who == f"body:{body.code}"


def _opening(case: Case) -> tuple[str, ...]:
    """What was understood of place and level, before the rule's own reason."""
    place = () if case.table.knows(case.facts.region_code, case.place) else (texts.PLACE_UNKNOWN,)
    return (*place, case.reading.reason) if case.reading.reason else place


def _everyone_out(case: Case, passed_over: list[RuledOut]) -> tuple[RuledOut, ...]:
    conflicts, table = case.conflicts, case.table
    if not conflicts.causes:
        return tuple(passed_over)
    named = {out.who: out for out in passed_over}
    for code, reason in conflicts.bodies.items():
        named.setdefault(f"body:{code}", RuledOut(f"body:{code}", table.name_of(f"body:{code}"), reason))
    for who, reason in conflicts.people.items():
        named[who] = RuledOut(who, table.name_of(who), reason)
    return tuple(named.values())
