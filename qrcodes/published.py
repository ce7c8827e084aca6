"""What is published of an area for a place and everything above it: the newest few, in one trip and remembered."""

import asyncio
import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import orjson

from clients.database import rows, text_list
from disclosures.masking import mask_names_in
from models.choices import DisclosureKind
from qrcodes.gathering import Gathering

LATEST: Final = 5
MOST_REMEMBERED: Final = 50_000
Spot = tuple[str, str]
"""Code of an area, code of a region."""

READ = f"""WITH ranked AS (
    SELECT code, kind, title, amount, date, beneficiaries, area_id, region_id, ROW_NUMBER() OVER (
      PARTITION BY area_id, region_id ORDER BY CASE WHEN date IS NULL THEN 1 ELSE 0 END, date DESC, code) AS place
    FROM disclosure WHERE is_active = TRUE AND region_id in_list($1) AND area_id in_list($2))
  SELECT * FROM ranked WHERE place <= {LATEST}"""

USED: Final = "SELECT DISTINCT area_id, region_id FROM disclosure WHERE is_active = TRUE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One line of the page; nobody's name stands in the title in full."""

    code: str
    kind: DisclosureKind
    title: str
    amount: Decimal | None
    date: datetime.date | None

    @property
    def order(self) -> tuple[bool, int, str]:
        """Newest first, undated ones last."""
        return self.date is None, -self.date.toordinal() if self.date else 0, self.code


class Published:
    """Remembers what was read for as long as the organisation is the same: an import changes both together."""

    def __init__(self) -> None:
        self._asked: Gathering[Spot, tuple[Shown, ...]] = Gathering(read_spots)
        self._used: Gathering[int, frozenset[Spot]] = Gathering(read_used)
        self._known: dict[Spot, tuple[Shown, ...]] = {}
        self._where: frozenset[Spot] | None = None
        self._version = 0

    async def latest(self, *, area: str, regions: Sequence[str], version: int) -> list[Shown]:
        """`regions` run from the city down; `version` is that of the organisation."""
        if version != self._version or len(self._known) > MOST_REMEMBERED:
            self._known, self._where, self._version = {}, None, version
        known, where = self._known, self._where
        if where is None:
            where = await self._used.get(version) or frozenset()
            if version == self._version:
                self._where = where
        spots = [(area, region) for region in regions if (area, region) in where]
        missing = [spot for spot in spots if spot not in known]
        if missing:
            read = await asyncio.gather(*map(self._asked.get, missing))
            known |= {spot: shown or () for spot, shown in zip(missing, read, strict=True)}
        found = [shown for spot in spots for shown in known[spot]]
        return sorted(found, key=lambda shown: shown.order)[:LATEST]


async def read_used(versions: Sequence[int]) -> Mapping[int, frozenset[Spot]]:
    """Where anything is published: most villages have nothing of their own, and need not be asked about."""
    used = frozenset((row["area_id"], row["region_id"]) for row in await rows(USED))
    return dict.fromkeys(versions, used)


async def read_spots(spots: Sequence[Spot]) -> Mapping[Spot, tuple[Shown, ...]]:
    found: dict[Spot, list[Shown]] = defaultdict(list)
    regions, areas = {region for _, region in spots}, {area for area, _ in spots}
    for row in await rows(READ, text_list(regions), text_list(areas)):
        found[row["area_id"], row["region_id"]].append(_shown(row))
    return {spot: tuple(found.get(spot, ())) for spot in spots}


def _shown(row: Any) -> Shown:
    """SQLite gives dates, amounts and lists as text."""
    day, people = row["date"], row["beneficiaries"]
    people = orjson.loads(people) if isinstance(people, str | bytes) else people
    names = [str(person.get("name", "")).strip() for person in people or []]
    return Shown(
        code=row["code"],
        kind=DisclosureKind(row["kind"]),
        title=mask_names_in(row["title"], names=names),
        amount=None if row["amount"] is None else Decimal(str(row["amount"])),
        date=datetime.date.fromisoformat(day) if isinstance(day, str) else day,
    )
