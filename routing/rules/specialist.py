"""About village cadres or about nobody: the body the county names for this area, where it names one."""

from routing import texts
from routing.case import Case
from routing.decision import Outcome


def specialist(case: Case) -> Outcome | None:
    level, place = case.reading.level, case.place
    if level not in ("village", "none"):
        return None
    named = case.table.specialists.get((place.county, case.facts.area_code, level), "")
    if named not in case.table.bodies:
        return None
    return Outcome("specialist", (named, *place.from_township), texts.SPECIALIST)
