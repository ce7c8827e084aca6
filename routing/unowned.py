"""Nobody in the chain is free: which body takes the matter in all the same, and in which words."""

from collections.abc import Iterator

from routing import texts
from routing.case import Case
from routing.conflicts import is_vacant
from routing.decision import Outcome
from routing.nodes import BodyNode
from routing.reach import has_authority


def body_of_last_resort(case: Case, outcome: Outcome) -> tuple[BodyNode, str] | None:
    """A body that merely lacks people, else the highest one that only names in the words leave short."""
    vacant = _vacant(case, outcome)
    if vacant is not None:
        return (vacant, texts.TRIAGE_VACANT)
    hiding = _hiding(case, outcome)
    return (hiding, texts.TRIAGE_NAMED) if hiding is not None else None


def _downward(case: Case, outcome: Outcome) -> Iterator[BodyNode]:
    """The candidates with authority, the last resort first."""
    for code in reversed(dict.fromkeys(outcome.candidates)):
        body = case.table.bodies.get(code)
        if body is not None and has_authority(body, case):
            yield body


def _vacant(case: Case, outcome: Outcome) -> BodyNode | None:
    """The letters room, else the first candidate, that lacks people without any conflict.

    Only where nobody further up is in conflict either: a later recusal there must never bring a body back
    that was passed over before.
    """
    found: list[BodyNode] = []
    for body in _downward(case, outcome):
        if case.conflicts.touches(body.code, case.table):
            break
        if is_vacant(body.code, case.table):
            found.insert(0, body)
    letters = next((body for body in found if body.code == case.place.letters), None)
    return letters or next(iter(found), None)


def _hiding(case: Case, outcome: Outcome) -> BodyNode | None:
    """The highest candidate, if it has somebody free and names in the words alone took the rest it needs.

    A name in the words only hides, and nobody stands above to move the matter to: whoever is free there looks
    first and dismisses the match, or brings somebody in. A recusal, or a subject's field, is no mere name.
    """
    highest = next(_downward(case, outcome), None)
    if highest is None or not highest.is_active or highest.code in case.conflicts.bodies:
        return None
    acting = [p for p in case.table.staff_of(highest.code) if p.is_active and p.role in ("handler", "leader")]
    free = [p for p in acting if p.key not in case.conflicts.people]
    would_be_free = {p.role for p in acting if p in free or p.key in case.named_in_words}
    return highest if free and would_be_free == {"handler", "leader"} else None
