"""Which codes there are for a place and what lies below it."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.choices import RegionLevel
from models.entry_code import EntryCode
from organisation.codes.errors import AreaUnknown, PlaceUnknown
from routing.table import RoutingTable

# SQLite takes some thousands of parameters in one statement; a prefecture has 20,000 groups.
AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which codes are asked for; None does not restrict, `region` includes all below it."""

    region: str | None = None
    area: str | None = None
    purpose: str | None = None


async def codes_of(asked: Asked, *, table: RoutingTable) -> list[EntryCode]:
    """In the order of places, areas and purposes. Raises `PlaceUnknown`, `AreaUnknown`."""
    if asked.region is not None and asked.region not in table.tree.nodes:
        raise PlaceUnknown
    if asked.area is not None and asked.area not in table.areas:
        raise AreaUnknown
    wanted = {"area_id": asked.area, "purpose": asked.purpose}
    codes = await EntryCode.filter(**{name: value for name, value in wanted.items() if value}).order_by(
        "region_id", "area__sort", "area_id", "purpose", "code"
    )
    if asked.region is None:
        return list(codes)
    return [code for code in codes if asked.region in table.path(code.region_id)]


def places_below(region: str | None, *, level: RegionLevel, table: RoutingTable) -> Sequence[str]:
    """Every place of a level in `region`, itself among them if it is one; of everywhere for None.

    Raises `PlaceUnknown`.
    """
    if region is not None and region not in table.tree.nodes:
        raise PlaceUnknown
    return sorted(
        code
        for code, node in table.tree.nodes.items()
        if node.level == level and (region is None or region in table.path(code))
    )
