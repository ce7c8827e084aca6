"""About township cadres: the zone's office; the township never handles its own by default."""

from routing import texts
from routing.case import Case
from routing.decision import Outcome


def township(case: Case) -> Outcome | None:
    if case.reading.level != "township":
        return None
    return Outcome("township", case.place.upward, texts.TOWNSHIP_LEVEL)
