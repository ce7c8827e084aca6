"""About village cadres, about nobody, or not known: the township of the place."""

from routing import texts
from routing.case import Case
from routing.decision import Outcome

_REASONS = {"village": texts.VILLAGE, "none": texts.NONE, "unknown": texts.UNKNOWN}


def village(case: Case) -> Outcome | None:
    reason = _REASONS.get(case.reading.level)
    if reason is None or not case.place.township_body:
        return None
    return Outcome("village", case.place.from_township, reason)
