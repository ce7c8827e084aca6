"""How far a direction reaches: which bodies a person may name for a matter (domain.md §4 points 2 to 5)."""

from routing.authority import RANK
from routing.case import Case
from routing.nodes import BodyNode

_LEDGER_ROOM = "cases"
"""It keeps the central ledger and handles nothing."""


def is_within_reach(body: BodyNode, case: Case) -> bool:
    """Whether the direction of the case's facts may lead to this body, whoever is in conflict."""
    place, direction = case.place, case.facts.direction
    if direction == "return":
        return True
    if direction == "cross":
        is_neighbour = place.zone is not None and body.code in place.zone.members
        return is_neighbour and body.code != place.township_body
    is_ours = case.table.county_of(body.region_code) == place.county or body.code == place.city_body
    if not is_ours or body.room == _LEDGER_ROOM:
        return False
    if body.level == "township":
        return body.code == place.township_body and direction != "lift"
    if body.level == "office":
        return body.code == place.office or direction == "assigned"
    return True


def has_authority(body: BodyNode, case: Case) -> bool:
    """Whether the body stands high enough for the matter.

    A minor matter about township cadres may be passed down to a neighbour of the zone by written authorisation;
    the township never handles its own.
    """
    if RANK.get(body.level, 0) >= case.reading.floor:
        return True
    is_minor = case.reading.level == "township" and case.reading.floor == RANK["office"]
    is_passed_down = case.facts.direction == "cross" and body.code == case.facts.directed_to
    return is_minor and is_passed_down and is_within_reach(body, case)
