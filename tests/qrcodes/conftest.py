"""A small prefecture: one city, county and township, two villages, a group, and a code for each need."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from models.area import Area
from models.body import Body
from models.disclosure import Disclosure
from models.entry_code import EntryCode
from models.region import Region
from organisation.entry_codes import with_check
from organisation.house import House
from organisation.live import raise_version

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
COUNTY, TOWNSHIP = "530101000000", "530101100000"
VILLAGE, OTHER, GROUP = "530101100201", "530101100202", "530101100201001"
PLACES = [
    ("530100000000", "青山市", "city", None),
    (COUNTY, "云岭县", "county", "530100000000"),
    (TOWNSHIP, "石桥镇", "township", COUNTY),
    (VILLAGE, "桃花村", "village", TOWNSHIP),
    (OTHER, "柳树村", "village", TOWNSHIP),
    (GROUP, "第一村民组", "group", VILLAGE),
]
BODIES = [
    ("T1", "石桥镇纪委", "township", "", TOWNSHIP, "0871-6123456"),
    ("K1", "云岭县纪委监委干部监督室", "county", "cadre", COUNTY, "0871-6999999"),
]


@dataclass(frozen=True)
class Prefecture:
    """Region and entry codes by what they are for; `unused` is well formed and was never issued."""

    house: House
    township: str = TOWNSHIP
    village: str = VILLAGE
    group: str = GROUP
    code: str = with_check("ABCDEFGHJK")
    school: str = with_check("BBCDEFGHJK")
    retired: str = with_check("CBCDEFGHJK")
    conduct: str = with_check("DBCDEFGHJK")
    of_group: str = with_check("EBCDEFGHJK")
    of_other: str = with_check("FBCDEFGHJK")
    unused: str = with_check("GBCDEFGHJK")


@pytest.fixture
async def prefecture(house: House) -> Prefecture:
    made = Prefecture(house)
    await Area.create(code="mz", name="民政", sort=2)
    await Area.create(code="jy", name="教育", sort=1)
    for code, name, level, parent in PLACES:
        await Region.create(code=code, name=name, level=level, parent_id=parent)
    for code, name, level, room, region, phone in BODIES:
        await Body.create(code=code, name=name, level=level, room=room, region_id=region, phone=phone)
    await make_codes(made)
    await make_disclosures()
    await raise_version(at=NOW)
    await house.organisation.refresh()
    return made


async def make_codes(made: Prefecture) -> None:
    for code, purpose, area, region in (
        (made.code, "report", "mz", VILLAGE),
        (made.school, "report", "jy", VILLAGE),
        (made.retired, "report", "mz", VILLAGE),
        (made.conduct, "conduct", "mz", VILLAGE),
        (made.of_group, "report", "mz", GROUP),
        (made.of_other, "report", "mz", OTHER),
    ):
        await EntryCode.create(code=code, purpose=purpose, area_id=area, region_id=region, issued_at=NOW)
    await EntryCode.filter(code=made.retired).update(
        status="retired", replaced_by_id=made.code, retired_at=NOW
    )


async def make_disclosures() -> None:
    for number in range(1, 8):
        await Disclosure.create(
            code=f"D{number}",
            kind="fund",
            area_id="mz",
            region_id=VILLAGE if number % 2 else TOWNSHIP,
            title=f"第{number}批<低保金>",
            amount="12500.00",
            date=date(2026, number, 3),
            beneficiaries=[{"name": "张桂花", "amount": "500"}],
        )
    await Disclosure.create(code="U1", kind="policy", area_id="mz", region_id=COUNTY, title="没有日期的政策")
    elsewhere = (("X1", "mz", OTHER, True), ("X2", "jy", VILLAGE, True), ("X3", "mz", VILLAGE, False))
    for code, area, region, is_active in elsewhere:
        await Disclosure.create(
            code=code,
            kind="fund",
            area_id=area,
            region_id=region,
            title=f"不相干{code}",
            date=date(2026, 11, 1),
            is_active=is_active,
        )
