"""`Stored`, read from the database: only what checks need, one query a table."""

from models.area import Area
from models.body import Body
from models.entry_code import EntryCode
from models.liaison import Liaison
from models.region import Region
from models.staff import Staff
from models.zone import Zone, ZoneMember
from organisation.importing.stored import Office, Place, Stored, Use
from organisation.sayings import given_sayings


async def load_stored() -> Stored:
    return Stored(
        areas={code for (code,) in await Area.all().values_list("code")},
        regions={
            code: Place(level=str(level), parent=parent or "")
            for code, level, parent in await Region.all().values_list("code", "level", "parent_id")
        },
        bodies={
            code: Office(level=str(level), region=region)
            for code, level, region in await Body.all().values_list("code", "level", "region_id")
        },
        zones=dict(await Zone.all().values_list("code", "county_id")),
        zone_of=dict(await ZoneMember.filter(is_active=True).values_list("body_id", "zone_id")),
        phone_of=dict(await Staff.all().values_list("username", "phone")),
        liaisons={phone for (phone,) in await Liaison.all().values_list("phone")},
        entries={
            code: Use(purpose=str(purpose), area=area, region=region)
            for code, purpose, area, region in await EntryCode.all().values_list(
                "code", "purpose", "area_id", "region_id"
            )
        },
        sayings=await given_sayings(),
    )
