"""About the cadre room, the head of a county room or of the county, or the city's staff: the city."""

from routing import texts
from routing.authority import is_above_county
from routing.case import Case
from routing.decision import Outcome


def above_county(case: Case) -> Outcome | None:
    if not case.abouts:
        return None
    about = next((about for about in case.abouts if is_above_county(about)), None)
    if about is None:
        return None
    return Outcome("above_county", (case.place.city_body,), texts.ABOVE_COUNTY.format(body=about.body.name))
