"""Builds the indexes of a table: bodies by place, bodies able to act."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from routing.nodes import BodyNode, StaffNode, ZoneNode
from routing.places import Place
from routing.regions import SETTLED, RegionTree

Row = TypeVar("Row")
Key = TypeVar("Key")


def by_key(rows: Iterable[Row], key: Callable[[Row], Key]) -> dict[Key, tuple[Row, ...]]:
    grouped: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[key(row)].append(row)
    return {value: tuple(found) for value, found in grouped.items()}


def by_code(
    bodies: Iterable[BodyNode], staff_by_body: Mapping[str, tuple[StaffNode, ...]]
) -> dict[str, BodyNode]:
    """Each with whether it is ready."""
    return {body.code: replace(body, is_ready=_is_ready(body, staff_by_body)) for body in bodies}


def by_county(bodies: Iterable[BodyNode], tree: RegionTree) -> dict[str, tuple[BodyNode, ...]]:
    """Those of no county stand under none."""
    return by_key(bodies, lambda body: tree.above(body.region_code, "county") or "")


def _is_ready(body: BodyNode, staff_by_body: Mapping[str, tuple[StaffNode, ...]]) -> bool:
    acting = {person.role for person in staff_by_body.get(body.code, ()) if person.is_active}
    return body.is_active and {"handler", "leader"} <= acting


def build_places(
    *,
    tree: RegionTree,
    bodies: tuple[BodyNode, ...],
    zones: tuple[ZoneNode, ...],
    recused: frozenset[str],
) -> tuple[dict[str, Place], Place]:
    """Places by code of township, county and city; and the place of a code that names none of them."""
    zone_of = {member: zone for zone in reversed(zones) for member in zone.members}
    seats = {_seat(body): body.code for body in reversed(bodies) if body.is_active}

    def place_of(code: str) -> Place:
        township, county, city = (_above(tree, code, level) for level in ("township", "county", "city"))
        township_body = seats.get(("township", "", township), "")
        zone = zone_of.get(township_body)
        city_body = seats.get(("city", "", city)) or (_any_city(bodies) if not city else "")
        office, letters = zone.office_body if zone else "", seats.get(("county", "letters", county), "")
        return Place(
            township=township,
            county=county,
            city=city,
            township_body=township_body,
            zone=zone,
            office=office,
            letters=letters,
            cadre=seats.get(("county", "cadre", county), ""),
            head=seats.get(("county", "", county), ""),
            city_body=city_body,
            upward=(office, letters, city_body),
            from_township=(township_body, office, letters, city_body),
            divisions=tuple(above for above in (township, county, city) if above),
            is_recused=not recused.isdisjoint((township, county, city)),
            villages=tree.nodes.villages_of(township),
        )

    places = {node.code: place_of(node.code) for node in tree.nodes.kept.values() if node.level in SETTLED}
    return places, place_of("")


def _any_city(bodies: Iterable[BodyNode]) -> str:
    return next((body.code for body in bodies if body.level == "city" and body.is_active), "")


def _above(tree: RegionTree, code: str, level: str) -> str:
    """The one string that all places share, and not each child's own copy: what is shared is soon at hand."""
    found = tree.above(code, level)
    return tree.nodes.kept[found].code if found else ""


def _seat(body: BodyNode) -> tuple[str, str, str]:
    """Township bodies by township, county rooms by county and room, the city by city."""
    return (body.level, body.room if body.level == "county" else "", body.region_code)
