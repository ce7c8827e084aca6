"""A person named the body: by transfer, return, lifting, cross handling or assignment."""

from routing import texts
from routing.case import Case
from routing.decision import Outcome
from routing.reach import has_authority, is_within_reach


def directed(case: Case) -> Outcome | None:
    """Only where the named body can have the matter: `routing.directions` tells whoever named it why not.

    What only one body may decide (heads, discipline staff, county leaders, appeals) is settled before.
    """
    body = case.table.bodies.get(case.facts.directed_to) if case.facts.direction else None
    if body is None or not (is_within_reach(body, case) and has_authority(body, case)):
        return None
    if case.conflicts.why_out(body.code, case.table) is not None:
        return None
    return Outcome(case.facts.direction, (body.code,), texts.DIRECTED[case.facts.direction])
