"""Builds the indexes of a table: bodies by place, names by county, bodies able to act."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from routing import texts
from routing.names import Entry, NameIndex
from routing.nodes import BodyNode, CadreNode, LiaisonNode, RecusalNode, StaffNode, ZoneNode
from routing.places import Place, Scope
from routing.regions import RegionTree
from routing.wording import plain, plain_unit

Row = TypeVar("Row")
Key = TypeVar("Key")
_SHORTEST_SPECIFIC_POST = 3


def by_key(rows: Iterable[Row], key: Callable[[Row], Key]) -> dict[Key, tuple[Row, ...]]:
    grouped: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[key(row)].append(row)
    return {value: tuple(found) for value, found in grouped.items()}


def ready_bodies(
    bodies: Iterable[BodyNode], staff_by_body: Mapping[str, tuple[StaffNode, ...]]
) -> frozenset[str]:
    """Codes of active bodies with an active handler and an active leader, before anyone is recused."""
    return frozenset(
        body.code
        for body in bodies
        if body.is_active
        and {"handler", "leader"} <= {p.role for p in staff_by_body.get(body.code, ()) if p.is_active}
    )


def build_places(
    *,
    tree: RegionTree,
    bodies: tuple[BodyNode, ...],
    zones: tuple[ZoneNode, ...],
    staff: tuple[StaffNode, ...],
    liaisons: tuple[LiaisonNode, ...],
    cadres: tuple[CadreNode, ...],
    recusals: tuple[RecusalNode, ...],
) -> tuple[dict[str, Place], Place]:
    """Places by code of township, county and city; and the place of a code that names none of them."""
    entries = _entries_by_home(
        tree=tree, bodies=bodies, staff=staff, liaisons=liaisons, cadres=cadres, recusals=recusals
    )
    bodies_by_home = by_key(bodies, lambda body: _home(tree, body.region_code))
    zone_of = {member: zone for zone in reversed(zones) for member in zone.members}
    seats = {_seat(body): body.code for body in reversed(bodies) if body.is_active}
    scopes: dict[str, Scope] = {}

    def place_of(code: str) -> Place:
        township = tree.above(code, "township") or ""
        county = tree.above(code, "county") or ""
        city = tree.above(code, "city") or ""
        home = county or city
        if home not in scopes:
            scopes[home] = _scope((home, city), entries, bodies_by_home)
        township_body = seats.get(("township", "", township), "")
        zone = zone_of.get(township_body)
        city_body = seats.get(("city", "", city)) or next(
            (b.code for b in bodies if b.level == "city" and b.is_active and not city), ""
        )
        return Place(
            township=township,
            county=county,
            city=city,
            township_body=township_body,
            zone=zone,
            office=zone.office_body if zone else "",
            letters=seats.get(("county", "letters", county), ""),
            cadre=seats.get(("county", "cadre", county), ""),
            head=seats.get(("county", "", county), ""),
            city_body=city_body,
            scope=scopes[home],
        )

    settled = ("township", "county", "city")
    return {code: place_of(code) for code, node in tree.nodes.items() if node.level in settled}, place_of("")


def _seat(body: BodyNode) -> tuple[str, str, str]:
    """Township bodies by township, county rooms by county and room, the city by city."""
    return (body.level, body.room if body.level == "county" else "", body.region_code)


def _home(tree: RegionTree, region_code: str) -> str:
    """The county a region lies in, else its city: the unit in which names are looked for."""
    return tree.above(region_code, "county") or tree.above(region_code, "city") or ""


def _scope(
    homes: tuple[str, str],
    entries: Mapping[str, list[Entry]],
    bodies_by_home: Mapping[str, tuple[BodyNode, ...]],
) -> Scope:
    unique = dict.fromkeys(homes)
    named = [(plain_unit(body.name), body) for home in unique for body in bodies_by_home.get(home, ())]
    inside = [entry for home in unique for entry in entries.get(home, ())]
    people = dict.fromkeys(entry.node for entry in inside)
    return Scope(
        names=NameIndex(inside),
        bodies=tuple(sorted(named, key=lambda pair: (-len(pair[0]), pair[1].code))),
        cadres=tuple(node for node in people if isinstance(node, CadreNode)),
        liaisons=tuple(node for node in people if isinstance(node, LiaisonNode)),
    )


def _entries_by_home(
    *,
    tree: RegionTree,
    bodies: tuple[BodyNode, ...],
    staff: tuple[StaffNode, ...],
    liaisons: tuple[LiaisonNode, ...],
    cadres: tuple[CadreNode, ...],
    recusals: tuple[RecusalNode, ...],
) -> dict[str, list[Entry]]:
    entries: dict[str, list[Entry]] = defaultdict(list)
    homes = {f"body:{body.code}": _home(tree, body.region_code) for body in bodies}
    homes |= {member.key: homes.get(f"body:{member.body_code}", "") for member in staff}
    homes |= {liaison.key: _home(tree, liaison.village_code) for liaison in liaisons}
    names = {body.code: body.name for body in bodies}
    people: tuple[StaffNode | LiaisonNode, ...] = (*staff, *liaisons)
    for person in people:
        entries[homes[person.key]].append(Entry(plain(person.name), person))
    for cadre in cadres:
        entries[_home(tree, cadre.region_code)].extend(_cadre_entries(cadre))
    for recusal in recusals:
        if recusal.from_kind == "person":
            entries[homes.get(recusal.who, "")].append(Entry(plain(recusal.from_value), recusal))
        elif recusal.from_kind == "body" and recusal.from_value in names:
            word = plain(names[recusal.from_value])
            entries[homes.get(recusal.who, "")].append(Entry(word, recusal))
    return entries


def _cadre_entries(cadre: CadreNode) -> Iterator[Entry]:
    for name in (cadre.name, *cadre.aliases):
        yield Entry(plain(name), cadre)
    post = plain(cadre.post)
    if len(post) >= _SHORTEST_SPECIFIC_POST and post not in texts.GENERIC_POSTS:
        yield Entry(post, cadre, is_post=True)
    if cadre.unit and post:
        yield Entry(plain(cadre.unit) + post, cadre, is_post=True)
