"""Which posters a form asks for: those of a place and what lies below it, or one code's again."""

from typing import Any

from aiohttp import web

from console.codes.acting import purpose_of
from console.forms import Form
from console.keeping.rows import Desk
from models.choices import EntryStatus
from models.entry_code import EntryCode
from organisation.codes.errors import CodeOver, CodeUnknown
from organisation.codes.reach import require_place
from organisation.entry_codes import normalise


async def wanted_of(form: Form, desk: Desk) -> dict[str, Any]:
    """As `ask_for` takes it. Raises `PlaceUnknown`, and for one code what `entry_to_print_again` raises."""
    return await (_one if form.get("code") else _all_of)(form, desk)


async def _one(form: Form, desk: Desk) -> dict[str, Any]:
    entry = await entry_to_print_again(form["code"], desk)
    of = {"region": entry.region_id, "area": entry.area_id, "purpose": entry.purpose}
    return of | {"groups": False, "entry": entry.code}


async def _all_of(form: Form, desk: Desk) -> dict[str, Any]:
    region, area = form.get("region", ""), form.get("area") or None
    table = desk.house.organisation.table
    require_place(desk.reach, region, table=table)
    if area is not None and area not in table.areas:
        raise web.HTTPUnprocessableEntity
    purpose = purpose_of(form.get("purpose", ""))
    return {"region": region, "area": area, "purpose": purpose, "groups": form.get("groups") == "yes"}


async def entry_to_print_again(code: str, desk: Desk) -> EntryCode:
    """One that may be printed again. Raises `CodeUnknown`, `PlaceUnknown`, `CodeOver`."""
    entry = await EntryCode.get_or_none(code=normalise(code)).select_related("area")
    if entry is None:
        raise CodeUnknown
    require_place(desk.reach, entry.region_id, table=desk.house.organisation.table)
    if entry.status is not EntryStatus.ACTIVE or entry.replaced_by_id:
        raise CodeOver
    return entry
