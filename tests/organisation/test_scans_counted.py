"""Scans are counted by code and week, and nothing else is kept of them."""

import asyncio
from datetime import date

import pytest

from clients.clock import Clock
from models.scan_count import ScanCount
from organisation.house import House
from organisation.scans import ScanCounts, monday_of, run_scan_counting
from tests.factories import make_entry, make_organisation


async def kept() -> dict[tuple[str, str], int]:
    return {(row.entry_id, row.week): row.scans for row in await ScanCount.all()}


async def test_numbers_add_up_by_code_and_week(house: House) -> None:
    await make_organisation(house)
    one, other = await make_entry(), await make_entry()
    processes = ScanCounts(), ScanCounts()
    for counts in processes:
        for _ in range(3):
            counts.add(one.code)
        counts.add(other.code)
    await asyncio.gather(*[counts.keep(day=date(2026, 11, 25)) for counts in processes])
    await processes[0].keep(day=date(2026, 11, 25))
    processes[0].add(one.code)
    await processes[0].keep(day=date(2026, 11, 30))
    assert await kept() == {
        (one.code, "2026-11-23"): 6,
        (other.code, "2026-11-23"): 2,
        (one.code, "2026-11-30"): 1,
    }


async def test_what_cannot_be_written_waits_for_the_next_time(house: House) -> None:
    await make_organisation(house)
    entry, counts = await make_entry(), ScanCounts()
    counts.add(entry.code)
    counts.add("NEVERISSUED2")
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        await counts.keep(day=date(2026, 11, 25))
    await entry.__class__.create(
        code="NEVERISSUED2",
        purpose="report",
        area_id="education",
        region_id=entry.region_id,
        issued_at=entry.issued_at,
    )
    await counts.keep(day=date(2026, 11, 25))
    assert sum((await kept()).values()) == 2


async def test_a_process_that_ends_writes_down_what_it_counted(house: House) -> None:
    await make_organisation(house)
    entry, counts = await make_entry(), ScanCounts()
    running = asyncio.create_task(run_scan_counting(counts, clock=Clock(), timezone=house.timezone))
    await asyncio.sleep(0)
    counts.add(entry.code)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert list((await kept()).values()) == [1]


def test_a_row_could_hold_neither_a_person_nor_a_moment() -> None:
    assert set(ScanCount._meta.fields_map) == {"id", "entry", "entry_id", "week", "scans"}


def test_a_week_begins_on_monday() -> None:
    assert [monday_of(date(2026, 11, day)) for day in (23, 26, 29, 30)] == [
        "2026-11-23",
        "2026-11-23",
        "2026-11-23",
        "2026-11-30",
    ]
