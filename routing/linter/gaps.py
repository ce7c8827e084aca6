"""What is missing or does not fit in the rows of an organisation, without asking for a decision."""

from collections import Counter
from collections.abc import Iterable, Iterator

from routing.linter import texts
from routing.linter.findings import Finding, found
from routing.nodes import BodyNode, RegionNode, ZoneNode
from routing.table import RoutingTable

Spots = Iterable[tuple[str, str]]


def gaps(table: RoutingTable) -> Iterator[Finding]:
    """Every kind once, also where nothing was found."""
    zoned = Counter(code for zone in table.zones.values() for code in zone.members)
    townships = [body for body in table.bodies.values() if body.level == "township"]
    yield found("error", "no_township_body", _townships_without_body(table, townships))
    yield found("error", "two_bodies", _seats_taken_twice(table))
    yield found("error", "no_people", _named(body for body in table.bodies.values() if not body.is_ready))
    yield found("warning", "no_zone", _named(body for body in townships if body.code not in zoned))
    yield found("error", "two_zones", _named(body for body in townships if zoned[body.code] > 1))
    yield from _zone_gaps(table)
    yield found("error", "no_room", _counties_lacking(table, "letters", "cadre"))
    yield found("warning", "no_ledger_room", _counties_lacking(table, "cases"))
    yield found("error", "no_city", _cities_without_body(table))
    yield from _people_gaps(table)
    yield from _specialist_gaps(table)


def _named(bodies: Iterable[BodyNode]) -> Spots:
    return ((body.code, body.name) for body in bodies)


def _regions(table: RoutingTable, level: str) -> Iterator[RegionNode]:
    return (node for _, node in sorted(table.tree.nodes.items()) if node.level == level)


def _townships_without_body(table: RoutingTable, bodies: list[BodyNode]) -> Spots:
    covered = {body.region_code for body in bodies}
    return ((node.code, node.name) for node in _regions(table, "township") if node.code not in covered)


def _seats_taken_twice(table: RoutingTable) -> Spots:
    """Two townships' bodies in one township, two rooms of one kind in one county, two city bodies."""
    seats = [body for body in table.bodies.values() if body.level in ("township", "county", "city")]
    taken = Counter((body.level, body.room, body.region_code) for body in seats)
    return _named(body for body in seats if taken[body.level, body.room, body.region_code] > 1)


def _zone_gaps(table: RoutingTable) -> Iterator[Finding]:
    def named(zones: Iterable[ZoneNode]) -> Spots:
        return ((zone.code, zone.name) for zone in zones)

    zones = list(table.zones.values())
    yield found("error", "no_office", named(zone for zone in zones if not _has_office(table, zone)))
    yield found("warning", "no_commander", named(zone for zone in zones if not zone.commander.strip()))
    active = table.bodies.keys()
    yield found("warning", "no_townships", named(zone for zone in zones if not zone.members & active))
    yield found("warning", "zone_name", named(zone for zone in zones if not _is_named_by_rule(table, zone)))


def _has_office(table: RoutingTable, zone: ZoneNode) -> bool:
    body = table.bodies.get(zone.office_body)
    return (
        body is not None and body.level == "office" and table.county_of(body.region_code) == zone.county_code
    )


def _is_named_by_rule(table: RoutingTable, zone: ZoneNode) -> bool:
    place = "".join(table.names_of(zone.county_code)[-2:])
    return (
        zone.name.startswith(place)
        and texts.NAMED_BY_RULE.fullmatch(zone.name.removeprefix(place)) is not None
    )


def _counties_lacking(table: RoutingTable, *rooms: str) -> Spots:
    seats = {(body.region_code, body.room) for body in table.bodies.values() if body.level == "county"}
    counties = _regions(table, "county")
    return ((c.code, c.name) for c in counties if any((c.code, room) not in seats for room in rooms))


def _cities_without_body(table: RoutingTable) -> Spots:
    covered = {body.region_code for body in table.bodies.values() if body.level == "city"}
    return ((node.code, node.name) for node in _regions(table, "city") if node.code not in covered)


def _people_gaps(table: RoutingTable) -> Iterator[Finding]:
    chiefs = [person for person in table.liaisons.values() if person.role == "chief"]
    bound = {person.village_code for person in chiefs if person.is_bound}
    headed = {person.village_code for person in chiefs}
    villages = list(_regions(table, "village"))
    yield found("warning", "no_chief", ((v.code, v.name) for v in villages if v.code not in headed))
    unbound = (village for village in villages if village.code in headed - bound)
    yield found("warning", "chief_unbound", ((village.code, village.name) for village in unbound))
    nowhere = (cadre for cadre in table.cadres if cadre.region_code not in table.tree.nodes)
    yield found("warning", "cadre_nowhere", ((c.region_code, f"{c.unit}{c.post}") for c in nowhere))
    phones = {person.phone for person in table.liaisons.values() if person.phone}
    both = (person for person in table.staff.values() if person.phone in phones)
    yield found(
        "warning", "two_roles", ((one.username, table.name_of(f"body:{one.body_code}")) for one in both)
    )


def _specialist_gaps(table: RoutingTable) -> Iterator[Finding]:
    def named(rows: Iterable[tuple[str, str]]) -> Spots:
        return (
            (f"{county}/{area}", f"{''.join(table.names_of(county)[-1:])}“{table.areas.get(area, area)}”")
            for county, area in sorted(set(rows))
        )

    gone = (
        (county, area) for (county, area, _), body in table.specialists.items() if body not in table.bodies
    )
    yield found("error", "specialist_gone", named(gone))
    stationed = {table.county_of(b.region_code) for b in table.bodies.values() if b.level == "stationed"}
    missing = (
        (county, area)
        for county in sorted(code for code in stationed if code)
        for area in table.areas
        if (county, area, "department") not in table.specialists
    )
    yield found("warning", "specialist_missing", named(missing))
