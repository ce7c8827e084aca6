"""Conduct codes, discipline staff, a body's head: the county's cadre room, else the city."""

from routing import texts
from routing.case import Case
from routing.decision import Outcome


def discipline(case: Case) -> Outcome | None:
    candidates = (case.place.cadre, case.place.city_body)
    head = next((about for about in case.abouts if about.is_head), None)
    if head is not None:
        return Outcome("discipline", candidates, texts.HEAD.format(body=head.body.name))
    if case.reading.level == "discipline":
        return Outcome("discipline", candidates, texts.DISCIPLINE)
    if case.facts.purpose == "conduct":
        return Outcome("conduct", candidates, texts.CONDUCT)
    return None
