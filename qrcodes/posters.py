"""海报: which posters a place needs, and printing them."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

from models.choices import EntryStatus, RegionLevel
from models.entry_code import EntryCode
from organisation.live import current_version, read_table
from organisation.places import place_in_words
from qrcodes.drawing import Poster, draw_posters
from qrcodes.errors import NothingToPrint, RegionUnknown
from routing.table import RoutingTable

# SQLite takes some thousands of parameters in one statement; a prefecture has 20,000 groups.
_BATCH = 500


async def posters_for(
    region_code: str,
    *,
    public_url: str,
    area_code: str | None = None,
    purpose: str = "report",
    groups: bool = False,
) -> list[Poster]:
    """One poster per code in use of every village below `region_code` (`groups`: of every group), and of the
    region itself, in the order of places and areas.

    Raises `RegionUnknown`.
    """
    table = await read_table(await current_version())
    if region_code not in table.tree.nodes:
        raise RegionUnknown(region_code)
    level = RegionLevel.GROUP if groups else RegionLevel.VILLAGE
    regions = sorted({region_code, *_below(table, region_code, level=level)})
    posters: list[Poster] = []
    for start in range(0, len(regions), _BATCH):
        codes = EntryCode.filter(
            region_id__in=regions[start : start + _BATCH],
            purpose=purpose,
            status=EntryStatus.ACTIVE,
            replaced_by=None,
        )
        if area_code is not None:
            codes = codes.filter(area_id=area_code)
        for entry in await codes.select_related("area").order_by(
            "region_id", "area__sort", "area_id", "code"
        ):
            poster = _poster(table, entry, public_url=public_url)
            if poster is not None:
                posters.append(poster)
    return posters


async def print_posters(
    *,
    region: str,
    area: str | None,
    purpose: str,
    out: Path,
    progress: Callable[[int, int], None],
    public_url: str,
    groups: bool = False,
    size: str = "A5",
) -> int:
    """Writes the posters of a place to one PDF and returns how many; `progress` hears done and total.

    Raises `RegionUnknown`, `NothingToPrint`, `GlyphMissing`, `SizeUnknown`.
    """
    posters = await posters_for(region, public_url=public_url, area_code=area, purpose=purpose, groups=groups)
    if not posters:
        raise NothingToPrint
    total = len(posters)
    return await asyncio.to_thread(
        draw_posters, posters, out, size=size, progress=lambda done: progress(done, total)
    )


def _below(table: RoutingTable, region_code: str, *, level: RegionLevel) -> Iterator[str]:
    for code, region in table.tree.nodes.items():
        if region.level == level and region_code in table.path(code):
            yield code


def _poster(table: RoutingTable, entry: EntryCode, *, public_url: str) -> Poster | None:
    place = place_in_words(table, region_code=entry.region_id, purpose=entry.purpose)
    if place is None:
        return None
    return Poster(
        code=entry.code,
        link=f"{public_url}/s/{entry.code}",
        purpose=entry.purpose,
        area=entry.area.name,
        place=place.names,
        telephone=place.telephone,
    )
