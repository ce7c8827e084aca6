"""节假日、调休 of a whole year, written as the State Council publishes them, line by line."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from tortoise.transactions import in_transaction

from access.viewer import Viewer
from models.terms import DayKind
from organisation.editing import tell
from organisation.errors import HolidaysUnreadable, RowNotFound
from organisation.house import House
from organisation.importing import ImportSummary, tables
from organisation.importing.applying import import_batch
from organisation.importing.cells import DAY, Unreadable, folded
from organisation.importing.rows import batch_of_rows
from organisation.importing.texts import OFF, UNTIL, WORKING
from organisation.live import hold_version
from organisation.reach import Reach

MOST_LINES: Final = 100
LONGEST_RUN: Final = 31
DATE: Final = r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
LINE: Final = re.compile(rf"({DATE})(?:\s*{UNTIL}\s*({DATE}))?\s*({OFF}|{WORKING})\s*(.*)")
Row = dict[str, str]


def days_of(text: str) -> list[Row]:
    """Rows of the import file; raises `HolidaysUnreadable` with every line that cannot be read."""
    found: dict[str, Row] = {}
    wrong = []
    for line in filter(None, map(folded, text.splitlines()[:MOST_LINES])):
        try:
            found |= {row["day"]: row for row in _days_of_line(line)}
        except (Unreadable, ValueError):
            wrong.append(line[:40])
    if wrong or not found:
        raise HolidaysUnreadable(wrong)
    return list(found.values())


def _days_of_line(line: str) -> Iterator[Row]:
    read = LINE.fullmatch(line)
    if read is None:
        raise ValueError
    first, last = (date.fromisoformat(str(DAY.read(day))) for day in (read[1], read[2] or read[1]))
    if not 0 <= (last - first).days < LONGEST_RUN:
        raise ValueError
    kind = DayKind.OFF if re.fullmatch(OFF, read[3]) else DayKind.WORKING
    given = {"kind": str(kind), "name": read[4].strip()[:64], "active": "yes"}
    for count in range((last - first).days + 1):
        yield {"day": (first + timedelta(days=count)).isoformat(), **given}


async def keep_days(rows: list[Row], *, reach: Reach, by: Viewer, house: House) -> ImportSummary:
    """In one change of the organisation; raises `RowNotFound` for whoever does not keep them."""
    if tables.HOLIDAYS.name not in reach.kinds:
        raise RowNotFound
    async with in_transaction():
        await hold_version()
        batch = batch_of_rows(tables.HOLIDAYS, rows)
        summary = await import_batch(batch, vault=house.vault, clock=house.clock, by=by.actor)
    await tell(house)
    return summary
