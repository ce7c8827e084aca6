"""Appeals: the county's letters room; the body that decided is out before any rule runs."""

from routing import texts
from routing.case import Case
from routing.decision import Outcome


def appeal(case: Case) -> Outcome | None:
    if not case.facts.appeal_of:
        return None
    return Outcome("appeal", (case.place.letters, case.place.city_body), texts.APPEAL)
