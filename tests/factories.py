"""A small organisation to test on: one county with two townships in one zone, every room staffed."""

from datetime import UTC, datetime
from typing import Any

from tortoise.transactions import in_transaction

from models.area import Area
from models.body import Body
from models.choices import BodyLevel, LiaisonRole, Purpose, RegionLevel, Role, Room
from models.entry_code import EntryCode
from models.liaison import Liaison
from models.region import Region
from models.staff import Staff
from models.zone import Zone, ZoneMember
from organisation.credentials import account_index
from organisation.entry_codes import make
from organisation.house import House
from organisation.live import raise_version

CITY, COUNTY = "990100000000", "990101000000"
EAST, WEST = "990101001000", "990101002000"
EAST_VILLAGE, WEST_VILLAGE = "990101001001", "990101002001"
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)

REGIONS = [
    (CITY, "云岭市", RegionLevel.CITY, None),
    (COUNTY, "青川区", RegionLevel.COUNTY, CITY),
    (EAST, "东河镇", RegionLevel.TOWNSHIP, COUNTY),
    (WEST, "西坪乡", RegionLevel.TOWNSHIP, COUNTY),
    (EAST_VILLAGE, "柳树村", RegionLevel.VILLAGE, EAST),
    (WEST_VILLAGE, "石桥村", RegionLevel.VILLAGE, WEST),
]
BODIES = [
    ("T-EAST", "东河镇纪委", BodyLevel.TOWNSHIP, Room.NONE, EAST),
    ("T-WEST", "西坪乡纪委", BodyLevel.TOWNSHIP, Room.NONE, WEST),
    ("OFFICE-1", "第一纪检监察室", BodyLevel.OFFICE, Room.NONE, COUNTY),
    ("STATIONED", "派驻教育局纪检监察组", BodyLevel.STATIONED, Room.NONE, COUNTY),
    ("LETTERS", "青川区纪委监委信访室", BodyLevel.COUNTY, Room.LETTERS, COUNTY),
    ("CASES", "青川区纪委监委案管室", BodyLevel.COUNTY, Room.CASES, COUNTY),
    ("CADRE", "青川区纪委监委干部监督室", BodyLevel.COUNTY, Room.CADRE, COUNTY),
    ("HEAD", "青川区纪委监委", BodyLevel.COUNTY, Room.NONE, COUNTY),
    ("CITY", "云岭市纪委监委", BodyLevel.CITY, Room.NONE, CITY),
]
SURNAMES = ["赵", "钱", "孙", "李", "周", "吴", "郑", "王", "冯"]


async def make_organisation(house: House) -> None:
    """Every body gets a leader `<code>-l` and handlers `<code>-a`, `<code>-b` (lower case), all confirmed."""
    # at one commit, since hundreds of tests begin here
    async with in_transaction():
        await _fill_organisation()
    await house.organisation.refresh()


async def _fill_organisation() -> None:
    for code, name, level, parent in REGIONS:
        await Region.create(code=code, name=name, level=level, parent_id=parent)
    await Area.create(code="education", name="教育", department="教育局")
    await Area.create(code="forestry", name="林业", department="林业局")
    people = []
    for index, (code, name, level, room, region) in enumerate(BODIES):
        await Body.create(
            code=code, name=name, level=level, room=room, region_id=region, phone="0990-1234567"
        )
        for suffix, role in (("l", Role.LEADER), ("a", Role.HANDLER), ("b", Role.HANDLER)):
            username, known_as = f"{code.lower()}-{suffix}", f"{SURNAMES[index]}{suffix}"
            people.append(staff_of(username, body=code, role=role, name=known_as))
    await Staff.bulk_create(people)
    await Zone.create(
        code="Z1",
        name="云岭市青川区纪检监察第一协作区",
        county_id=COUNTY,
        office_body_id="OFFICE-1",
        commander="陈明",
    )
    for body in ("T-EAST", "T-WEST"):
        await ZoneMember.create(zone_id="Z1", body_id=body)
    await make_liaison("13900000001", village=EAST_VILLAGE, role=LiaisonRole.CHIEF, name="何长河")
    await make_liaison("13900000002", village=EAST_VILLAGE, role=LiaisonRole.DEPUTY, name="何小溪")
    await raise_version(at=NOW)


def staff_of(username: str, *, body: str, role: Role, name: str, **more: Any) -> Staff:
    """Not kept yet."""
    values: dict[str, Any] = {"password_hash": "-", "confirmed_at": NOW, "phone": ""} | more
    return Staff(username=username, name=name, body_id=body, role=role, **values)


async def make_staff(username: str, *, body: str, role: Role, name: str, **more: Any) -> Staff:
    person = staff_of(username, body=body, role=role, name=name, **more)
    await person.save()
    return person


async def make_liaison(phone: str, *, village: str, role: LiaisonRole, name: str, **more: Any) -> Liaison:
    return await Liaison.create(phone=phone, village_id=village, role=role, name=name, **more)


async def make_entry(
    region: str = EAST_VILLAGE, *, area: str = "education", purpose: str = "report"
) -> EntryCode:
    return await EntryCode.create(
        code=make(), purpose=Purpose(purpose), area_id=area, region_id=region, issued_at=NOW
    )


async def bind_staff(house: House, staff: Staff, *, openid: str) -> None:
    staff.sealed_openid = house.vault.seal(openid, place=f"staff:{staff.id}:openid")
    staff.openid_index = account_index(openid, vault=house.vault)
    await staff.save()


async def bind_liaison(house: House, liaison: Liaison, *, openid: str) -> None:
    liaison.sealed_openid = house.vault.seal(openid, place=f"liaison:{liaison.id}:openid")
    liaison.openid_index = account_index(openid, vault=house.vault)
    await liaison.save()
