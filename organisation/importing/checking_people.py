"""Checks of staff, liaisons, cadres and recusals against the organisation as it will stand."""

from models.choices import BodyLevel, RegionLevel
from organisation.importing import texts
from organisation.importing.checking_places import require_body, require_region
from organisation.importing.records import Record, Sheet
from organisation.importing.stored import Stored

CADRE_REGION_LEVELS = {
    "village": (RegionLevel.VILLAGE,),
    "township": (RegionLevel.TOWNSHIP,),
    "department": (RegionLevel.COUNTY, RegionLevel.CITY),
    "county": (RegionLevel.COUNTY, RegionLevel.CITY),
}


def check_staff(sheet: Sheet, *, after: Stored) -> None:
    holders: dict[str, set[str]] = {}
    for username, phone in after.phone_of.items():
        holders.setdefault(phone, set()).add(username)
    for record in sheet.records:
        require_body(sheet, record, "body_code", after=after)
        body = after.bodies.get(record.text("body_code"))
        if record.text("role") == "approver" and body and body.level not in (BodyLevel.CITY, ""):
            sheet.complain(record, "body_code", texts.APPROVER_AT_CITY)
        phone = record.text("phone")
        others = holders.get(phone, set()) - {record.text("username")} if phone else set()
        if others:
            sheet.complain(record, "phone", texts.PHONE_TAKEN.format(holder=texts.listed(sorted(others))))


def check_liaisons(sheet: Sheet, *, after: Stored) -> None:
    for record in sheet.records:
        village, group = record.text("village_code"), record.text("group_code")
        require_region(sheet, record, "village_code", after=after, levels=(RegionLevel.VILLAGE,))
        if not group:
            continue
        require_region(sheet, record, "group_code", after=after, levels=(RegionLevel.GROUP,))
        place = after.regions.get(group)
        if village and place and place.parent != village:
            sheet.complain(record, "group_code", texts.GROUP_OF_VILLAGE.format(village=village))


def check_cadres(sheet: Sheet, *, after: Stored) -> None:
    for record in sheet.records:
        levels = CADRE_REGION_LEVELS.get(record.text("level"), ())
        require_region(sheet, record, "region_code", after=after, levels=levels)


def check_recusals(sheet: Sheet, *, after: Stored) -> None:
    for record in sheet.records:
        _check_who(sheet, record, after=after)
        value, kind = record.text("from"), record.text("from_kind")
        if kind == "region" and value and value not in after.regions:
            sheet.complain(record, "from", texts.REGION_EXISTS)
        elif kind == "body" and value and value not in after.bodies:
            sheet.complain(record, "from", texts.BODY_EXISTS)


def _check_who(sheet: Sheet, record: Record, *, after: Stored) -> None:
    who = record.text("who")
    found = [
        kind
        for kind, known in (
            (texts.STAFF, after.phone_of),
            (texts.LIAISON, after.liaisons),
            (texts.BODY, after.bodies),
        )
        if who in known
    ]
    if who and not found:
        sheet.complain(record, "who", texts.RECUSED)
    elif len(found) > 1:
        sheet.complain(record, "who", texts.RECUSED_AMBIGUOUS.format(kinds=texts.listed(found)))
