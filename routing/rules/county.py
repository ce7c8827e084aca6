"""About a county leader: the city, whichever code was scanned."""

from routing import texts
from routing.case import Case
from routing.decision import Outcome


def county(case: Case) -> Outcome | None:
    if case.reading.level != "county":
        return None
    return Outcome("county", (case.place.city_body,), texts.COUNTY)
