"""About township cadres: the zone's office, outside any zone a person; the township never handles its own."""

from routing import texts
from routing.case import Case
from routing.decision import Outcome
from routing.rules.triage import triage


def township(case: Case) -> Outcome | None:
    if case.reading.level != "township":
        return None
    if not case.has_zone_office:
        return triage(case, reason=texts.TRIAGE_NO_ZONE)
    return Outcome("township", case.place.upward, texts.TOWNSHIP_LEVEL)
