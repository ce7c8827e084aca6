"""What the forms about codes ask for."""

from urllib.parse import urlencode

from aiohttp import web

from console.callers import Caller, allowed
from console.codes import texts
from console.codes.places import HOME, keeper_of
from console.forms import read_form
from console.keeping.rows import Desk
from models.choices import Purpose, RegionLevel
from models.entry_code import EntryCode
from organisation import entry_codes
from organisation.codes.asking import places_below
from organisation.codes.errors import CodeNotYours, CodeUnknown
from organisation.codes.issue import issue_lacking
from organisation.codes.reach import may_issue, require_code, require_place
from organisation.codes.replace import replace
from organisation.codes.retire import retire


@allowed(Caller.KEEPER)
async def issue_codes(request: web.Request) -> web.StreamResponse:
    desk, _ = await keeper_of(request)
    form, table = await read_form(request), desk.house.organisation.table
    region, each, area = form.get("region", ""), form.get("each", ""), form.get("area") or None
    require_place(desk.reach, region, table=table)
    purpose = purpose_of(form.get("purpose", ""))
    if not may_issue(desk.reach, purpose):
        raise CodeNotYours
    is_below = each in texts.EACH and each != texts.HERE
    places = places_below(region, level=RegionLevel(each), table=table) if is_below else [region]
    made = await issue_lacking(
        places, area=area, purpose=purpose, at=desk.house.clock.now(), by=desk.viewer.actor
    )
    raise _back(region, done="issued" if made else "none", count=str(len(made)))


@allowed(Caller.KEEPER)
async def replace_code(request: web.Request) -> web.StreamResponse:
    desk, _ = await keeper_of(request)
    entry = await code_within(request, desk, is_ending=False)
    new = await replace(entry.code, at=desk.house.clock.now(), by=desk.viewer.actor)
    raise _back(entry.region_id, done="replaced", code=entry_codes.grouped(new.code))


@allowed(Caller.KEEPER)
async def retire_code(request: web.Request) -> web.StreamResponse:
    desk, _ = await keeper_of(request)
    entry = await code_within(request, desk, is_ending=True)
    await retire(entry.code, replaced_by=None, at=desk.house.clock.now(), by=desk.viewer.actor)
    raise _back(entry.region_id, done="retired")


async def code_within(request: web.Request, desk: Desk, *, is_ending: bool) -> EntryCode:
    """Raises `CodeUnknown`, `PlaceUnknown`, `CodeNotYours`."""
    code = entry_codes.normalise(request.match_info["code"])
    entry = await EntryCode.get_or_none(code=code).select_related("area")
    if entry is None:
        raise CodeUnknown
    require_code(desk.reach, entry, table=desk.house.organisation.table, is_ending=is_ending)
    return entry


def purpose_of(given: str) -> Purpose:
    """A page of our own sends no other."""
    if given not in set(Purpose):
        raise web.HTTPUnprocessableEntity
    return Purpose(given)


def _back(region: str, **told: str) -> web.HTTPSeeOther:
    return web.HTTPSeeOther(f"{HOME}?{urlencode({'region': region, **told})}")
