"""The organisation as one county may know it: what a question asked from there is answered on."""

from collections.abc import Callable

from routing.nodes import RecusalNode, SpecialistNode
from routing.table import RoutingTable


def table_of_county(
    table: RoutingTable, county: str, *, knows: Callable[[RecusalNode], bool]
) -> RoutingTable:
    """The rows of that county and of what lies above it (all when it is empty), with those recusals that `knows`.

    Whatever is answered on it cannot depend on any other recusal, so nobody learns of one by trying.
    """
    above = table.tree.upward(county) if county else ()
    regions = [
        node
        for node in table.tree.nodes.values()
        if not county or node.code in above or table.county_of(node.code) == county
    ]
    codes = {node.code for node in regions}
    bodies = {body.code: body for body in table.bodies.values() if body.region_code in codes}
    staff = [person for person in table.staff.values() if person.body_code in bodies]
    liaisons = [person for person in table.liaisons.values() if person.village_code in codes]
    inside = {f"body:{code}" for code in bodies} | {one.key for one in staff} | {one.key for one in liaisons}
    return RoutingTable.build(
        version=table.version,
        areas=table.areas,
        regions=regions,
        bodies=bodies.values(),
        zones=[zone for zone in table.zones.values() if county in ("", zone.county_code)],
        specialists=[
            SpecialistNode(*key, body) for key, body in table.specialists.items() if county in ("", key[0])
        ],
        staff=staff,
        liaisons=liaisons,
        cadres=[cadre for cadre in table.cadres if cadre.region_code in codes],
        recusals=[recusal for recusal in table.recusals if recusal.who in inside and knows(recusal)],
    )
