"""About staff of a county department: the stationed body of that area, else the zone's office."""

from routing import texts
from routing.case import Case
from routing.decision import Outcome
from routing.rules.triage import triage


def department(case: Case) -> Outcome | None:
    if case.reading.level != "department":
        return None
    place = case.place
    stationed = case.table.specialists.get((place.county, case.facts.area_code, "department"), "")
    if stationed not in case.table.bodies and not case.has_zone_office:
        return triage(case, reason=texts.TRIAGE_NO_ZONE)
    reason = texts.DEPARTMENT_STATIONED if stationed else texts.DEPARTMENT_OFFICE
    return Outcome("department", (stationed, *place.upward), reason)
