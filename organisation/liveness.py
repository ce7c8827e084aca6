"""What is alive: scans of a county's villages week by week, and codes that nobody scans, or nobody any more."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from clients.database import rows, text_list
from models.choices import EntryStatus, Purpose, RegionLevel, SightingKind
from models.fields import from_millis, to_millis
from models.poster_doubt import MOST_A_DAY
from organisation.scans import monday_of
from routing.table import RoutingTable

WEEKS: Final = 8
FEWEST_SHOWN: Final = 5
"""A smaller number would be about one person or two."""
SILENT_WEEKS: Final = 2
BEFORE_WEEKS: Final = 4
NEW_FOR: Final = timedelta(days=28)

IN_USE: Final = """SELECT e.code, e.purpose, e.area_id, e.region_id, e.issued_at, e.replaced_by_id FROM entry_code e
  WHERE e.status = $1 ORDER BY e.region_id, e.area_id, e.purpose, e.code"""
COUNTED: Final = """SELECT entry_id, week, scans FROM scan_count WHERE week in_list($1)"""
SEEN: Final = """SELECT entry_id, MAX(seen_at) AS seen_at FROM poster_sighting
  WHERE entry_id IS NOT NULL GROUP BY entry_id"""
FOREIGN: Final = """SELECT village_id, text, seen_at FROM poster_sighting WHERE kind = $1 AND seen_at >= $2
  ORDER BY seen_at DESC"""
FOREIGN_FOR: Final = timedelta(days=90)
DOUBTED: Final = """SELECT township, day, COUNT(*) AS codes FROM poster_doubt WHERE day >= $1
  GROUP BY township, day HAVING COUNT(*) > $2 ORDER BY day DESC, township"""
EVER: Final = "SELECT DISTINCT entry_id FROM scan_count"


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageWeeks:
    """`scans` by week, oldest first; None where there were fewer than may be shown."""

    code: str
    place: str
    scans: tuple[int | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unscanned:
    """A code in use that nobody opened; `is_new_silence`: people did until some weeks ago."""

    code: str
    purpose: Purpose
    area: str
    place: str
    is_new_silence: bool
    seen_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """A square on a wall that is not ours, as a liaison photographed it; `text` is what it holds."""

    place: str
    text: str
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubted:
    """A day on which more posters of a township were called wrong than it got reports of."""

    place: str
    day: date
    codes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Liveness:
    """Of whole weeks only, by their Mondays: a number that grows under the eyes tells of single scans."""

    weeks: tuple[str, ...]
    villages: Sequence[VillageWeeks]
    unscanned: Sequence[Unscanned]
    foreign: Sequence[Foreign]
    doubted: Sequence[Doubted]


async def liveness_of(county: str, *, table: RoutingTable, today: date, at: datetime) -> Liveness:
    weeks = tuple(monday_of(today - timedelta(weeks=back)) for back in range(WEEKS, 0, -1))
    codes = [
        row for row in await rows(IN_USE, EntryStatus.ACTIVE.value) if county in table.path(row["region_id"])
    ]
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for row in await rows(COUNTED, text_list(weeks)):
        counted[row["entry_id"]][row["week"]] = row["scans"]
    seen = {row["entry_id"]: from_millis(row["seen_at"]) for row in await rows(SEEN)}
    ever = {row["entry_id"] for row in await rows(EVER)}
    return Liveness(
        weeks=weeks,
        villages=_villages(codes, counted=counted, weeks=weeks, table=table),
        unscanned=[
            found
            for row in codes
            if (
                found := _unscanned(
                    row, counted=counted[row["code"]], ever=ever, seen=seen, weeks=weeks, table=table, at=at
                )
            )
        ],
        foreign=await _foreign(county, table=table, at=at),
        doubted=await _doubted(county, table=table, today=today),
    )


async def _foreign(county: str, *, table: RoutingTable, at: datetime) -> list[Foreign]:
    return [
        Foreign(
            place=_place(row["village_id"], table=table),
            text=row["text"],
            seen_at=from_millis(row["seen_at"]),
        )
        for row in await rows(FOREIGN, SightingKind.FOREIGN.value, to_millis(at - FOREIGN_FOR))
        if county in table.path(row["village_id"])
    ]


async def _doubted(county: str, *, table: RoutingTable, today: date) -> list[Doubted]:
    since = (today - FOREIGN_FOR).isoformat()
    return [
        Doubted(
            place=_place(row["township"], table=table),
            day=date.fromisoformat(row["day"]),
            codes=row["codes"],
        )
        for row in await rows(DOUBTED, since, MOST_A_DAY)
        if county in table.path(row["township"])
    ]


def _villages(
    codes: Sequence[Any],
    *,
    counted: Mapping[str, Mapping[str, int]],
    weeks: Sequence[str],
    table: RoutingTable,
) -> list[VillageWeeks]:
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for row in codes:
        sums[_village(row["region_id"], table=table)].update(counted.get(row["code"], {}))
    return [
        VillageWeeks(
            code=code,
            place=_place(code, table=table),
            scans=tuple(number if (number := numbers[week]) >= FEWEST_SHOWN else None for week in weeks),
        )
        for code, numbers in sorted(sums.items())
    ]


def _unscanned(
    row: Any,
    *,
    counted: Mapping[str, int],
    ever: set[str],
    seen: Mapping[str, datetime],
    weeks: Sequence[str],
    table: RoutingTable,
    at: datetime,
) -> Unscanned | None:
    if row["replaced_by_id"]:
        # its poster was taken down for another: silence is what was wanted
        return None
    before = sum(counted.get(week, 0) for week in weeks[-SILENT_WEEKS - BEFORE_WEEKS : -SILENT_WEEKS])
    is_silent = not any(counted.get(week, 0) for week in weeks[-SILENT_WEEKS:])
    was_busy = before >= BEFORE_WEEKS * FEWEST_SHOWN
    is_never = row["code"] not in ever and at - from_millis(row["issued_at"]) >= NEW_FOR
    if not (is_never or (is_silent and was_busy)):
        return None
    return Unscanned(
        code=row["code"],
        purpose=Purpose(row["purpose"]),
        area=table.areas.get(row["area_id"], ""),
        place=_place(row["region_id"], table=table),
        is_new_silence=not is_never,
        seen_at=seen.get(row["code"]),
    )


def _village(region: str, *, table: RoutingTable) -> str:
    """The village a group belongs to; a code of a larger place stands for itself."""
    path = table.path(region)
    villages = [code for code in path if table.tree.nodes[code].level == RegionLevel.VILLAGE]
    return villages[0] if villages else region


def _place(region: str, *, table: RoutingTable) -> str:
    """Without city and county, which whoever asks knows."""
    return "".join(table.names_of(region)[2:]) or "".join(table.names_of(region)[-1:])
