"""The frozen snapshot of the organisation a decision is made on; swapped whole, never changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from routing.indexes import build_places, by_code, by_county, by_key
from routing.liaisons import Liaisons
from routing.nodes import (
    BodyNode,
    CadreNode,
    LiaisonNode,
    RecusalNode,
    RegionNode,
    SpecialistNode,
    StaffNode,
    ZoneNode,
)
from routing.places import Place
from routing.regions import (
    TOWNSHIP_DIGITS,
    VILLAGE_DIGITS,
    RegionTree,
    divisions_above_township,
    township_digits,
)
from routing.scopes import Scope, Scopes
from routing.wording import plain

__all__ = [
    "BodyNode",
    "CadreNode",
    "LiaisonNode",
    "RecusalNode",
    "RegionNode",
    "RoutingTable",
    "SpecialistNode",
    "StaffNode",
    "ZoneNode",
]


@dataclass(frozen=True, slots=True, eq=False)
class RoutingTable:
    """All a decision looks at, indexed. Unknown codes answer None, never raise."""

    version: int
    areas: Mapping[str, str]
    area_words: Mapping[str, str]
    """By which an area is guessed from what somebody says; no decision looks at them."""
    tree: RegionTree
    bodies: Mapping[str, BodyNode]
    zones: Mapping[str, ZoneNode]
    staff: Mapping[str, StaffNode]
    liaisons: Liaisons
    cadres: tuple[CadreNode, ...]
    recusals: tuple[RecusalNode, ...]
    specialists: Mapping[tuple[str, str, str], str]
    places: Mapping[str, Place]
    nowhere: Place
    scopes: Scopes
    staff_by_body: Mapping[str, tuple[StaffNode, ...]]
    bodies_by_county: Mapping[str, tuple[BodyNode, ...]]
    """In the order of their codes; those of no county stand under none."""
    recusals_from: Mapping[tuple[str, str], tuple[RecusalNode, ...]]
    """Keyed by from_kind and from_value; a person's name in its plain spelling."""
    recused_regions: frozenset[str]
    """The regions among them."""

    @classmethod
    def build(
        cls,
        *,
        version: int,
        areas: Mapping[str, str],
        area_words: Mapping[str, str] | None = None,
        regions: Iterable[RegionNode],
        bodies: Iterable[BodyNode],
        zones: Iterable[ZoneNode] = (),
        specialists: Iterable[SpecialistNode] = (),
        staff: Iterable[StaffNode] = (),
        liaisons: Iterable[LiaisonNode] = (),
        cadres: Iterable[CadreNode] = (),
        recusals: Iterable[RecusalNode] = (),
    ) -> "RoutingTable":
        """Sort everything once, so that the order in which rows arrive never changes a decision."""
        tree = RegionTree(regions)
        body_rows = tuple(sorted(bodies, key=lambda body: body.code))
        zone_rows = tuple(sorted(zones, key=lambda zone: zone.code))
        staff_rows = tuple(sorted(staff, key=lambda person: person.id))
        liaison_rows, cadre_rows = Liaisons(liaisons), tuple(cadres)
        recusal_rows = tuple(sorted(recusals, key=lambda recusal: recusal.id))
        staff_by_body = by_key(staff_rows, lambda person: person.body_code)
        recused = frozenset(r.from_value for r in recusal_rows if r.from_kind == "region")
        places, nowhere = build_places(tree=tree, bodies=body_rows, zones=zone_rows, recused=recused)
        bodies_by_code = by_code(body_rows, staff_by_body)
        staff_by_key = {person.key: person for person in staff_rows}
        scopes = Scopes(
            tree=tree,
            bodies=bodies_by_code,
            staff=staff_by_key,
            liaisons=liaison_rows,
            cadres=cadre_rows,
            recusals=recusal_rows,
        )
        return cls(
            version=version,
            areas=dict(areas),
            area_words=dict(area_words or {}),
            tree=tree,
            bodies=bodies_by_code,
            zones={zone.code: zone for zone in zone_rows},
            staff=staff_by_key,
            liaisons=liaison_rows,
            cadres=cadre_rows,
            recusals=recusal_rows,
            specialists={(s.county_code, s.area_code, s.level): s.body_code for s in specialists},
            places=places,
            nowhere=nowhere,
            scopes=scopes,
            staff_by_body=staff_by_body,
            bodies_by_county=by_county(bodies_by_code.values(), tree),
            recusals_from=by_key(recusal_rows, _recusal_key),
            recused_regions=recused,
        )

    def path(self, region_code: str) -> tuple[str, ...]:
        """Codes from the city down to the region itself; empty for an unknown region."""
        return self.tree.path(region_code)

    def names_of(self, region_code: str) -> tuple[str, ...]:
        """Names from the city down, as a person reads a place."""
        return tuple(self.tree.nodes[code].name for code in self.tree.path(region_code))

    def county_of(self, region_code: str) -> str | None:
        return self.tree.above(region_code, "county")

    def township_of(self, region_code: str) -> str | None:
        return self.tree.above(region_code, "township")

    def village_of(self, region_code: str) -> str | None:
        return self.tree.above(region_code, "village")

    def place(self, region_code: str) -> Place:
        """The competent bodies; for an unknown code those of the nearest division its digits name."""
        node = self.tree.nodes.strays.get(region_code)
        while node is not None:
            found = self.places.get(node.code)
            if found is not None:
                return found
            node = self.tree.nodes.kept.get(node.parent or "")
        found = self.places.get(township_digits(region_code))
        return found or self._place_above(region_code)

    def _place_above(self, region_code: str) -> Place:
        county, city = divisions_above_township(region_code)
        return self.places.get(county) or self.places.get(city) or self.nowhere

    def knows(self, region_code: str, place: Place) -> bool:
        """Whether there is such a division; `place` is what `place` answers for it."""
        last = region_code[TOWNSHIP_DIGITS:]
        is_inside = len(last) == VILLAGE_DIGITS - TOWNSHIP_DIGITS and last.isascii() and last.isdigit()
        if is_inside and region_code.startswith(place.township[:TOWNSHIP_DIGITS]):
            return bool(place.villages >> int(last) & 1) or region_code in self.tree.nodes
        return region_code in self.tree.nodes

    def is_recused(self, region_code: str, place: Place) -> bool:
        """Whether somebody must keep away from the division or one it lies in."""
        if place.is_recused or region_code in self.recused_regions:
            return True
        if len(region_code) == VILLAGE_DIGITS and region_code not in self.tree.nodes.strays:
            return False
        return not self.recused_regions.isdisjoint(self.around(region_code, place))

    def around(self, region_code: str, place: Place) -> Iterable[str]:
        """The code and every division it lies in, by its digits where the organisation does not know it."""
        if region_code in self.tree.nodes.kept:
            return self.tree.upward(region_code)
        if len(region_code) <= VILLAGE_DIGITS:
            return (region_code, *place.divisions)
        return (region_code, region_code[:VILLAGE_DIGITS], *place.divisions)

    def scope(self, place: Place) -> Scope:
        """The names to look for in a report of that place."""
        return self.scopes.of(place)

    def township_body(self, region_code: str) -> BodyNode | None:
        return self.bodies.get(self.place(region_code).township_body)

    def zone_of(self, region_code: str) -> ZoneNode | None:
        return self.place(region_code).zone

    def zone_office(self, region_code: str) -> BodyNode | None:
        return self.bodies.get(self.place(region_code).office)

    def county_room(self, county_code: str, room: str) -> BodyNode | None:
        """The county's body with that room (letters, cases, conduct, cadre)."""
        rooms = (b for b in self.bodies.values() if b.level == "county" and b.room == room and b.is_active)
        return next((b for b in rooms if self.county_of(b.region_code) == county_code), None)

    def county_head(self, county_code: str) -> BodyNode | None:
        return self.bodies.get(self.place(county_code).head)

    def city_body(self, region_code: str) -> BodyNode | None:
        return self.bodies.get(self.place(region_code).city_body)

    def staff_of(self, body_code: str) -> tuple[StaffNode, ...]:
        return self.staff_by_body.get(body_code, ())

    def name_of(self, who: str) -> str:
        """The name behind a person key or "body:<code>"; the key itself when it is not in this table."""
        kind, _, code = who.partition(":")
        if kind == "body":
            body = self.bodies.get(code)
            return body.name if body else code
        person = self.staff.get(who) or self.liaisons.get(who)
        return person.name if person else who


def _recusal_key(recusal: RecusalNode) -> tuple[str, str]:
    value = plain(recusal.from_value) if recusal.from_kind == "person" else recusal.from_value
    return (recusal.from_kind, value)
