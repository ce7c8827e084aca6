"""Whose organisation somebody may change, from role and body alone (domain.md §1)."""

from dataclasses import dataclass
from typing import Final

from access.viewer import Viewer
from models.choices import BodyLevel, Role, Room
from routing.counties import table_of_county
from routing.table import BodyNode, RecusalNode, RoutingTable

OWN_KINDS: Final = ("staff", "liaisons", "recusals")
ALL_KINDS: Final = (*OWN_KINDS, "bodies", "zones", "zone_members", "specialists", "cadres", "figures")
WITHOUT_OPERATOR: Final = ("recusals", "figures")
OF_ALL: Final = ("holidays", "sayings")
"""What no county has for itself."""
COUNTY_ROOMS: Final = (Room.NONE, Room.CADRE)
NO_COUNTY: Final = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """`county` limits to one county (empty: everything), `body` to one body and `township` to its villages.

    `kinds` are the import files whose rows may be changed. An operator keeps accounts and places, yet neither
    confirms an account nor sees who is recused from what, nor says how long a step may take.
    """

    kinds: tuple[str, ...]
    county: str = NO_COUNTY
    body: str = ""
    township: str = ""
    may_confirm: bool = False


def reach_of(viewer: Viewer, *, region_code: str) -> Reach | None:
    """`region_code` is that of the viewer's body. None for whoever changes nothing of the organisation."""
    is_city = viewer.body_level == BodyLevel.CITY
    county = NO_COUNTY if is_city else viewer.county_code
    if not is_city and not county:
        return None
    everything = (*ALL_KINDS, *OF_ALL) if is_city else ALL_KINDS
    if viewer.role == Role.OPERATOR:
        kinds = tuple(kind for kind in everything if kind not in WITHOUT_OPERATOR)
        return Reach(kinds=kinds, county=county)
    if viewer.role != Role.LEADER:
        return None
    if is_city or (viewer.body_level == BodyLevel.COUNTY and viewer.room in COUNTY_ROOMS):
        return Reach(kinds=everything, county=county, may_confirm=True)
    township = region_code if viewer.body_level == BodyLevel.TOWNSHIP else ""
    kinds = OWN_KINDS if township else ("staff", "recusals")
    return Reach(kinds=kinds, county=county, body=viewer.body_code, township=township, may_confirm=True)


def knows_recusals_of(viewer: Viewer, body: BodyNode, *, table: RoutingTable) -> bool:
    """Whether the recusals of a body and its people are this person's to keep, and so to know."""
    reach = reach_of(viewer, region_code="")
    if reach is None or "recusals" not in reach.kinds:
        return False
    if reach.body:
        return reach.body == body.code
    return reach.county in (NO_COUNTY, table.county_of(body.region_code))


def knows_all_recusals(viewer: Viewer) -> bool:
    """Whether those of the whole county are this person's to keep."""
    reach = reach_of(viewer, region_code="")
    return reach is not None and "recusals" in reach.kinds and not reach.body


def table_known_to(viewer: Viewer, table: RoutingTable) -> RoutingTable:
    """The viewer's county with what lies above it; of recusals only those that are the viewer's to know."""

    def is_known(recusal: RecusalNode) -> bool:
        kind, _, code = recusal.who.partition(":")
        if kind == "liaison":
            return knows_all_recusals(viewer)
        body = table.bodies.get(code if kind == "body" else table.staff[recusal.who].body_code)
        return body is not None and knows_recusals_of(viewer, body, table=table)

    return table_of_county(table, viewer.county_code, knows=is_known)
