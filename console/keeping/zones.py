"""Whether zones are whole ("1+1+N"): a commander, an office, townships, and the name that the rule asks for."""

from collections.abc import Sequence

from console.keeping import texts
from routing.linter.gaps import gaps
from routing.table import RoutingTable


def zone_flags(table: RoutingTable) -> dict[str, list[str]]:
    """What keeps a zone from being whole ("1+1+N"), by its code."""
    found: dict[str, list[str]] = {}
    for finding in gaps(table):
        if finding.kind in texts.ZONE_FLAGS:
            for spot in finding.spots:
                found.setdefault(spot.code, []).append(texts.ZONE_FLAGS[finding.kind])
    return found


def townships_of(table: RoutingTable, code: str) -> Sequence[str]:
    """Names; a member that is out of use counts for nothing."""
    zone = table.zones.get(code)
    members = sorted(zone.members) if zone else []
    return [table.bodies[member].name for member in members if member in table.bodies]


def unzoned(table: RoutingTable, *, county: str) -> Sequence[str]:
    """Names of the county's townships in no zone; of all counties when it is empty."""
    found = next(finding for finding in gaps(table) if finding.kind == "no_zone")
    return [
        spot.name
        for spot in found.spots
        if not county or table.county_of(table.bodies[spot.code].region_code) == county
    ]
