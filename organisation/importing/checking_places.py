"""Checks of areas, regions, bodies, zones and specialists against the organisation as it will stand."""

import re

from models.choices import BodyLevel, RegionLevel
from organisation.importing import texts
from organisation.importing.records import Record, Sheet
from organisation.importing.stored import Stored

PARENT_LEVEL = {
    "county": RegionLevel.CITY,
    "township": RegionLevel.COUNTY,
    "village": RegionLevel.TOWNSHIP,
    "group": RegionLevel.VILLAGE,
}
BODY_REGION_LEVEL = {
    "township": RegionLevel.TOWNSHIP,
    "office": RegionLevel.COUNTY,
    "stationed": RegionLevel.COUNTY,
    "county": RegionLevel.COUNTY,
    "city": RegionLevel.CITY,
}
SPECIALIST_LEVELS = ("village", "department", "none")
SPECIALIST_BODIES = (BodyLevel.STATIONED, BodyLevel.OFFICE, BodyLevel.COUNTY)
_TWELVE = re.compile(r"[0-9]{12}")
_FIFTEEN = re.compile(r"[0-9]{15}")


def check_regions(sheet: Sheet, *, after: Stored) -> None:
    for record in sheet.records:
        level, code, parent = record.text("level"), record.text("code"), record.text("parent_code")
        if level == "group":
            if not _FIFTEEN.fullmatch(code) or not code.startswith(parent):
                sheet.complain(record, "code", texts.GROUP_CODE)
        elif level and not _TWELVE.fullmatch(code):
            sheet.complain(record, "code", texts.REGION_CODE)
        if level == "city" and parent:
            sheet.complain(record, "parent_code", texts.NO_PARENT)
        elif level in PARENT_LEVEL:
            require_region(sheet, record, "parent_code", after=after, levels=(PARENT_LEVEL[level],))
        if record.text("village_type") and level not in ("village", ""):
            sheet.complain(record, "village_type", texts.ONLY_VILLAGES)


def check_bodies(sheet: Sheet, *, after: Stored) -> None:
    for record in sheet.records:
        level = record.text("level")
        if level in BODY_REGION_LEVEL:
            require_region(sheet, record, "region_code", after=after, levels=(BODY_REGION_LEVEL[level],))
        if record.text("room") and level not in ("county", ""):
            sheet.complain(record, "room", texts.ROOM_OF_COUNTY)


def check_figures(sheet: Sheet, *, after: Stored) -> None:
    for record in sheet.records:
        require_region(sheet, record, "county_code", after=after, levels=(RegionLevel.COUNTY,))


def check_zones(sheet: Sheet, *, after: Stored) -> None:
    for record in sheet.records:
        county = record.text("county_code")
        require_region(sheet, record, "county_code", after=after, levels=(RegionLevel.COUNTY,))
        require_body(sheet, record, "office_body", after=after, levels=(BodyLevel.OFFICE,), county=county)


def check_zone_members(sheet: Sheet, *, after: Stored) -> None:
    for record in sheet.records:
        zone, body = record.text("zone_code"), record.text("body_code")
        if zone and zone not in after.zones:
            sheet.complain(record, "zone_code", texts.ZONE_EXISTS)
        require_body(
            sheet,
            record,
            "body_code",
            after=after,
            levels=(BodyLevel.TOWNSHIP,),
            county=after.zones.get(zone, ""),
        )
        if record.is_active is not False and zone and body:
            other = after.zone_of.setdefault(body, zone)
            if other != zone:
                sheet.complain(record, "body_code", texts.ONE_ZONE.format(zone=other))


def check_specialists(sheet: Sheet, *, after: Stored) -> None:
    for record in sheet.records:
        require_region(sheet, record, "county_code", after=after, levels=(RegionLevel.COUNTY,))
        require_area(sheet, record, after=after)
        if record.text("level") not in (*SPECIALIST_LEVELS, ""):
            sheet.complain(record, "level", texts.SPECIALIST_LEVEL)
        levels = SPECIALIST_BODIES
        county = record.text("county_code")
        require_body(sheet, record, "body_code", after=after, levels=levels, county=county)


def require_area(sheet: Sheet, record: Record, *, after: Stored) -> None:
    code = record.text("area_code")
    if code and code not in after.areas:
        sheet.complain(record, "area_code", texts.AREA_EXISTS)


def require_region(
    sheet: Sheet, record: Record, column: str, *, after: Stored, levels: tuple[RegionLevel, ...] = ()
) -> None:
    """The region exists and, when `levels` are given, has one of them; an empty cell is no region."""
    code = record.text(column)
    place = after.regions.get(code)
    if place is None:
        sheet.complain(record, column, texts.REGION_EXISTS)
    elif levels and place.level and place.level not in levels:
        named = texts.listed(level.label for level in levels)
        sheet.complain(record, column, texts.REGION_OF_LEVEL.format(level=named))


def require_body(
    sheet: Sheet,
    record: Record,
    column: str,
    *,
    after: Stored,
    levels: tuple[BodyLevel, ...] = (),
    county: str = "",
) -> None:
    """The body exists, has one of `levels`, and lies in `county`, as far as these are given."""
    code = record.text(column)
    body = after.bodies.get(code)
    if body is None:
        if code:
            sheet.complain(record, column, texts.BODY_EXISTS)
    elif levels and body.level and body.level not in levels:
        named = texts.listed(level.label for level in levels)
        sheet.complain(record, column, texts.BODY_OF_LEVEL.format(level=named))
    elif county and (found := after.county_of(body.region)) and found != county:
        sheet.complain(record, column, texts.BODY_OF_COUNTY.format(county=county))
