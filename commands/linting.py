"""The configuration linter: what in the organisation would leave a report without hands."""

from collections.abc import Iterable

from commands import texts
from models.choices import BodyLevel, EntryStatus, LiaisonRole, RegionLevel, Role, Room
from models.entry_code import EntryCode
from routing.table import RoutingTable

SHOWN = 3
COUNTY_ROOMS = (Room.LETTERS, Room.CADRE)


async def complaints(table: RoutingTable) -> list[str]:
    """A line per kind of gap, with how many and the first few."""
    if not table.tree.nodes:
        return [texts.ORGANISATION_EMPTY]
    active = EntryCode.filter(status=EntryStatus.ACTIVE)
    coded = {str(region) for (region,) in await active.distinct().values_list("region_id")}
    found = [
        (texts.NO_TOWNSHIP_BODY, _townships_without_body(table)),
        (texts.NO_PEOPLE, _bodies_without_people(table)),
        (texts.NO_ZONE, _bodies_without_zone(table)),
        (texts.NO_OFFICE, [zone.name for zone in table.zones.values() if not zone.office_body]),
        (texts.NO_ROOM, _counties_without_room(table)),
        (texts.NO_CHIEF, _villages_without_chief(table)),
        (texts.NO_CODE, [name for code, name in _regions(table, RegionLevel.VILLAGE) if code not in coded]),
    ]
    return [line.format(count=len(names), names=_some(names)) for line, names in found if names]


def _regions(table: RoutingTable, level: RegionLevel) -> list[tuple[str, str]]:
    return [(code, node.name) for code, node in sorted(table.tree.nodes.items()) if node.level == level]


def _townships_without_body(table: RoutingTable) -> list[str]:
    covered = {body.region_code for body in table.bodies.values() if body.level == BodyLevel.TOWNSHIP}
    return [name for code, name in _regions(table, RegionLevel.TOWNSHIP) if code not in covered]


def _bodies_without_people(table: RoutingTable) -> list[str]:
    def is_staffed(code: str) -> bool:
        roles = {person.role for person in table.staff_of(code) if person.is_active}
        return {Role.HANDLER.value, Role.LEADER.value} <= roles

    return [body.name for code, body in table.bodies.items() if body.is_active and not is_staffed(code)]


def _bodies_without_zone(table: RoutingTable) -> list[str]:
    zoned = {code for zone in table.zones.values() for code in zone.members}
    townships = (body for body in table.bodies.values() if body.level == BodyLevel.TOWNSHIP)
    return [body.name for body in townships if body.code not in zoned]


def _counties_without_room(table: RoutingTable) -> list[str]:
    return [
        name
        for code, name in _regions(table, RegionLevel.COUNTY)
        if any(table.county_room(code, room.value) is None for room in COUNTY_ROOMS)
    ]


def _villages_without_chief(table: RoutingTable) -> list[str]:
    chiefs = {p.village_code for p in table.liaisons.values() if p.role == LiaisonRole.CHIEF}
    return [name for code, name in _regions(table, RegionLevel.VILLAGE) if code not in chiefs]


def _some(names: Iterable[str]) -> str:
    every = list(names)
    shown = "、".join(every[:SHOWN])
    return shown + texts.AND_MORE if len(every) > SHOWN else shown
