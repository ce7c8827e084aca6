"""海报: which posters a place needs, and printing them."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tortoise.queryset import QuerySet

from models.choices import EntryStatus, RegionLevel
from models.entry_code import EntryCode
from models.poster_style import PosterStyle
from organisation.codes.style import rgb_of, styles
from organisation.live import current_version, read_table
from organisation.places import place_in_words
from press.lettering import Lettering
from qrcodes.drawing import draw_pictures, draw_posters, held, layout_of
from qrcodes.errors import AccountCodesMissing, NothingToPrint, RegionUnknown
from qrcodes.printing.layouts import Poster
from qrcodes.printing.lettering import lettering_around
from qrcodes.printing.printed import Printed, file_of
from qrcodes.unfinished import Unfinished
from routing.table import RoutingTable
from vault.log import record

# SQLite takes some thousands of parameters in one statement; a prefecture has 20,000 groups.
_BATCH = 500
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which posters, and how: `size` is one of the layouts, `groups` asks for one of every villager group.

    `via` is what the squares hold: "link", or "account" for the account's permanent codes, which must have been made.
    """

    public_url: str
    area: str | None = None
    purpose: str = "report"
    groups: bool = False
    size: str = "A5"
    pictures: bool = False
    via: str = "link"


async def print_posters(
    wanted: Wanted, *, region: str, out: Path, progress: Progress, at: datetime, by: str
) -> int:
    """Writes the posters of a place and what lies below it; answers how many. `progress` hears done and total.

    `out` is one PDF if it is called so, else a folder with a PDF for every township, or with pictures; what an
    earlier run finished is kept, township by township. Raises `RegionUnknown`, `NothingToPrint`, `GlyphMissing`,
    `SizeUnknown`, `AlreadyPrinting`, or `OSError` with a file's name.
    """
    layout_of(wanted.size)
    table = await read_table(await current_version())
    regions = regions_of(table, region, groups=wanted.groups)
    total = await _count(wanted, regions)
    if not total:
        raise NothingToPrint
    printing = _Printing(wanted, table=table, total=total, progress=progress)
    with held(out):
        if out.suffix.lower() == ".pdf":
            await printing.one_file(out, regions)
        else:
            await printing.folder(out, regions)
    data = {"posters": printing.done, "size": wanted.size}
    await record("entry.print", by=by, at=at, object_id=region, data=data)
    return printing.done


def regions_of(table: RoutingTable, region: str, *, groups: bool) -> Sequence[str]:
    """Every village below `region` (`groups`: every group), and itself. Raises `RegionUnknown`."""
    if region not in table.tree.nodes:
        raise RegionUnknown(region)
    level = RegionLevel.GROUP if groups else RegionLevel.VILLAGE
    return sorted({region, *_below(table, region, level=level)})


async def posters_of(wanted: Wanted, regions: Sequence[str], *, table: RoutingTable) -> AsyncIterator[Poster]:
    """One for each code in use, in the order of places and areas."""
    looks = await styles()
    for codes in _batches(wanted, regions):
        entries = codes.select_related("area")
        for entry in await entries.order_by("region_id", "area__sort", "area_id", "code"):
            poster = poster_of(table, entry, public_url=wanted.public_url, looks=looks, via=wanted.via)
            if poster is not None:
                yield poster


def poster_of(
    table: RoutingTable,
    entry: EntryCode,
    *,
    public_url: str,
    looks: Mapping[str, PosterStyle],
    via: str = "link",
) -> Poster | None:
    """None where the place is no longer. The entry's area must have been read with it. Raises `AccountCodesMissing`."""
    place = place_in_words(table, region_code=entry.region_id, purpose=entry.purpose)
    if place is None:
        return None
    link = f"{public_url}/s/{entry.code}" if via == "link" else entry.account_url
    if link is None:
        raise AccountCodesMissing
    return Poster(
        code=entry.code,
        link=link,
        purpose=entry.purpose,
        area=entry.area.name,
        place=place.names,
        telephone=place.telephone,
        **_look(looks.get(table.county_of(entry.region_id) or "")),
    )


def _look(style: PosterStyle | None) -> dict[str, Any]:
    return {"header": style.header, "colour": rgb_of(style.colour)} if style else {}


class _Printing:
    """One job; a township's posters at a time are in memory."""

    def __init__(self, wanted: Wanted, *, table: RoutingTable, total: int, progress: Progress) -> None:
        self.wanted = wanted
        self.table = table
        self.total = total
        self.progress = progress
        self.done = 0

    async def one_file(self, out: Path, regions: Sequence[str]) -> None:
        with Unfinished(out, size=self.wanted.size) as file:
            for _, some in _by_township(self.table, regions):
                posters = [poster async for poster in posters_of(self.wanted, some, table=self.table)]
                if posters:
                    await asyncio.to_thread(file.add, posters, progress=self._tell)
                    self.done += len(posters)
            await asyncio.to_thread(file.finish)

    async def folder(self, out: Path, regions: Sequence[str]) -> None:
        printed = Printed(out)
        names = [node.name for node in self.table.tree.nodes.values()]
        lettering = lettering_around("".join([*names, *self.table.areas.values()]))
        for township, some in _by_township(self.table, regions):
            posters = [poster async for poster in posters_of(self.wanted, some, table=self.table)]
            if not posters:
                continue
            file = out / file_of(self.table, township, size=self.wanted.size)
            if self.wanted.pictures:
                file = file.with_suffix("")
            if printed.has(file, posters):
                self._tell(len(posters))
            else:
                await self._draw(posters, file, lettering=lettering)
                printed.keep(file, posters)
            self.done += len(posters)

    async def _draw(self, posters: Sequence[Poster], out: Path, *, lettering: Lettering) -> None:
        size = self.wanted.size
        if self.wanted.pictures:
            await asyncio.to_thread(draw_pictures, posters, out, size=size, progress=self._tell)
            return
        await asyncio.to_thread(
            draw_posters, posters, out, size=size, progress=self._tell, lettering=lettering
        )

    def _tell(self, drawn: int) -> None:
        self.progress(self.done + drawn, self.total)


def _batches(wanted: Wanted, regions: Sequence[str]) -> Iterator[QuerySet[EntryCode]]:
    for start in range(0, len(regions), _BATCH):
        codes = EntryCode.filter(
            region_id__in=list(regions[start : start + _BATCH]),
            purpose=wanted.purpose,
            status=EntryStatus.ACTIVE,
            replaced_by=None,
        )
        yield codes if wanted.area is None else codes.filter(area_id=wanted.area)


async def _count(wanted: Wanted, regions: Sequence[str]) -> int:
    return sum([await codes.count() for codes in _batches(wanted, regions)])


def _below(table: RoutingTable, region_code: str, *, level: RegionLevel) -> Iterator[str]:
    for code, region in table.tree.nodes.items():
        if region.level == level and region_code in table.path(code):
            yield code


def _by_township(table: RoutingTable, regions: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    """What lies in no township stands by itself."""
    found: dict[str, list[str]] = {}
    for region in regions:
        found.setdefault(table.township_of(region) or region, []).append(region)
    return iter(found.items())
