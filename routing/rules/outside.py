"""About the city's own head: nobody here is above them."""

from routing import texts
from routing.authority import is_city_head
from routing.case import Case
from routing.decision import Outcome


def outside(case: Case) -> Outcome | None:
    """Only when every reading of the subject means the city's head; a namesake leaves it to the city, if free."""
    if not case.abouts or not all(is_city_head(about) for about in case.abouts):
        return None
    return Outcome("outside", (), texts.OUTSIDE.format(body=case.abouts[0].body.name))
