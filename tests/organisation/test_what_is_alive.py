"""The county sees which codes are alive, and no number small enough to be about somebody."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from models.entry_code import EntryCode
from models.region import Region
from models.scan_count import ScanCount
from organisation.house import House
from organisation.live import raise_version
from organisation.liveness import WEEKS, Liveness, liveness_of
from organisation.scans import monday_of
from tests.factories import COUNTY, EAST_VILLAGE, WEST_VILLAGE, make_entry, make_organisation

AT = datetime(2026, 11, 26, 4, tzinfo=UTC)
TODAY = date(2026, 11, 26)
OLD = AT - timedelta(days=200)


async def scanned(entry: EntryCode, numbers: dict[int, int]) -> None:
    """Numbers by how many weeks ago; 0 is the running week."""
    for back, scans in numbers.items():
        await ScanCount.create(
            entry_id=entry.code, week=monday_of(TODAY - timedelta(weeks=back)), scans=scans
        )


async def seen(house: House, county: str = COUNTY) -> Liveness:
    return await liveness_of(county, table=house.organisation.table, today=TODAY, at=AT)


def weeks_of(found: Liveness, village: str) -> Any:
    return {one.code: one.scans for one in found.villages}.get(village)


async def test_villages_by_week_without_small_numbers_and_without_this_week(house: House) -> None:
    await make_organisation(house)
    first, second, west = (
        await make_entry(),
        await make_entry(area="forestry"),
        await make_entry(WEST_VILLAGE),
    )
    await scanned(first, {0: 90, 1: 3, 2: 4, 3: 12, WEEKS + 1: 70})
    await scanned(second, {1: 2, 2: 0})
    await scanned(west, {1: 4})
    found = await seen(house)
    assert found.weeks[-1] == "2026-11-16"
    assert weeks_of(found, EAST_VILLAGE) == (None, None, None, None, None, 12, None, 5)
    assert weeks_of(found, WEST_VILLAGE) == (None,) * WEEKS


async def test_a_group_s_code_counts_for_its_village(house: House) -> None:
    await make_organisation(house)
    group = await Region.create(code=EAST_VILLAGE + "001", name="一组", level="group", parent_id=EAST_VILLAGE)
    await raise_version(at=AT)
    await house.organisation.refresh()
    await scanned(await make_entry(group.code), {1: 6})
    assert weeks_of(await seen(house), EAST_VILLAGE)[-1] == 6


async def test_codes_never_scanned_or_suddenly_silent_are_named(house: House) -> None:
    await make_organisation(house)
    never, silent, rare, new, alive, retired, replaced = [await make_entry() for _ in range(7)]
    await EntryCode.exclude(code=new.code).update(issued_at=OLD)
    await EntryCode.filter(code=new.code).update(issued_at=AT - timedelta(days=3))
    await EntryCode.filter(code=retired.code).update(status="retired")
    await EntryCode.filter(code=replaced.code).update(replaced_by_id=alive.code)
    await scanned(silent, {3: 10, 4: 4, 5: 6})
    await scanned(rare, {3: 1})
    await scanned(alive, {2: 1, 3: 20})
    found = (await seen(house)).unscanned
    assert {(one.code, one.is_new_silence) for one in found} == {(never.code, False), (silent.code, True)}


async def test_another_county_is_not_seen(house: House) -> None:
    await make_organisation(house)
    await EntryCode.filter(code=(await make_entry()).code).update(issued_at=OLD)
    assert await seen(house, county="990102000000") == Liveness(
        weeks=(await seen(house)).weeks, villages=[], unscanned=[], foreign=[], doubted=[]
    )
