"""Whether a body that a person named can have a matter, and why not, in words that name no person."""

from dataclasses import replace

from routing import texts
from routing.case import Case, open_case
from routing.decide import decide_case
from routing.facts import Facts
from routing.nodes import BodyNode
from routing.reach import has_authority, is_within_reach
from routing.table import RoutingTable


def why_not(facts: Facts, table: RoutingTable) -> str | None:
    """Why the body that `facts` are directed to cannot have the matter; None when `decide` gives it to them."""
    return _why_not(open_case(facts, table))


def _why_not(case: Case) -> str | None:
    body = case.table.bodies.get(case.facts.directed_to)
    if body is None or not body.is_active:
        return texts.DIRECTED_NOWHERE
    if not is_within_reach(body, case):
        return texts.OUT_OF_REACH[case.facts.direction].format(body=body.name)
    if not has_authority(body, case):
        return texts.BELOW_AUTHORITY.format(body=body.name)
    if case.conflicts.why_out(body.code, case.table) is not None:
        # whoever asks may be anybody: they are not told who, nor why
        return texts.CANNOT_ACT.format(body=body.name)
    if decide_case(case).body != body.code:
        return texts.SETTLED_OTHERWISE.format(body=body.name)
    return None


def may_be_named(facts: Facts, table: RoutingTable, *, direction: str) -> tuple[BodyNode, ...]:
    """Every body that may have the matter by this direction, in the order of codes; for choosing one on a page."""
    case = open_case(facts, table)
    near = sorted(body.code for _, body in table.scope(case.place).bodies)
    # who is in conflict and how high the matter counts is the same whoever is named
    named = (case._replace(facts=replace(facts, direction=direction, directed_to=code)) for code in near)
    return tuple(table.bodies[each.facts.directed_to] for each in named if _why_not(each) is None)
