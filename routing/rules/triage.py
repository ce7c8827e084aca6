"""No rule settles it, or a rule failed: a person of the county's letters room decides. Never dropped."""

from routing import texts
from routing.case import Case
from routing.decision import Outcome


def triage(case: Case, *, reason: str = texts.TRIAGE_UNSETTLED) -> Outcome:
    return Outcome("triage", (case.place.letters, case.place.city_body), reason)
