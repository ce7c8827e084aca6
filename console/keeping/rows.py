"""The organisation for those who keep it: lists, one row to change, and what is done with it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from aiohttp import web

from access.viewer import Viewer
from console.account.duties import Duties
from console.account.roles import beside_choice
from console.callers import Caller, allowed
from console.forms import Form, read_form, read_query
from console.keeping import texts
from console.keeping.fields import Field, edited_since, fields_of, said, summary_of, words_of
from console.keeping.sayings import saying_flags, standard_shown
from console.keeping.zones import townships_of, unzoned, zone_flags
from console.pages import page
from console.reports import viewer_of
from models.body import Body
from models.saying import Saying
from organisation.accounts import may_bind, new_bind_code, new_password
from organisation.changes import recent_changes
from organisation.editing import add_row, change_row, seen_of
from organisation.errors import EditedMeanwhile, RowNotFound
from organisation.house import HOUSE, House
from organisation.importing.problems import ImportRefused
from organisation.kinds import KINDS, PAGE, Kind, row_of, rows_of
from organisation.reach import Reach, reach_of
from organisation.undoing import undo

HOME = "/console/organisation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Who asks, how far they reach, and the house."""

    viewer: Viewer
    reach: Reach
    house: House


async def desk_of(request: web.Request) -> Desk:
    """Not found for whoever keeps nothing of the organisation."""
    viewer, house = viewer_of(request), request.config_dict[HOUSE]
    body = await Body.get(code=viewer.body_code)
    reach = reach_of(viewer, region_code=body.region_id)
    if reach is None:
        raise web.HTTPNotFound
    return Desk(viewer=viewer, reach=reach, house=house)


def _kind(request: web.Request, desk: Desk) -> Kind:
    name = request.match_info["kind"]
    if name not in desk.reach.kinds:
        raise web.HTTPNotFound
    return KINDS[name]


def said_at(desk: Desk) -> Callable[[str, str, Any], str]:
    return partial(said, table=desk.house.organisation.table)


@allowed(Caller.KEEPER)
async def show_rows(request: web.Request) -> web.StreamResponse:
    desk = await desk_of(request)
    kind, query = _kind(request, desk), read_query(request)
    found = await rows_of(kind, desk.reach, q=query.get("q", "")[:64], after=query.get("after", ""))
    table, is_zones = desk.house.organisation.table, kind.name == "zones"
    flags = zone_flags(table) if is_zones else saying_flags(found, table) if kind.model is Saying else {}
    return page(
        request,
        "organisation_rows.html",
        kind=kind.name,
        title=texts.KINDS[kind.name],
        lead=texts.LEADS.get(kind.name, ""),
        rows=[summary_of(kind, row, flags=flags) for row in found[:PAGE]],
        standard=standard_shown() if kind.model is Saying else [],
        unzoned=unzoned(table, county=desk.reach.county) if is_zones else [],
        next_after=str(found[PAGE - 1].pk) if len(found) > PAGE else "",
        q=query.get("q", ""),
        done=texts.DONE.get(query.get("done", ""), ""),
    )


@allowed(Caller.KEEPER)
async def show_row(request: web.Request) -> web.StreamResponse:
    return await _row_page(request, await desk_of(request))


@allowed(Caller.KEEPER)
async def save_row(request: web.Request) -> web.StreamResponse:
    """A new row, or what was changed of one; wrong fields come back with what is expected in each."""
    desk, key = await desk_of(request), request.match_info.get("key", "")
    kind, form = _kind(request, desk), await read_form(request)
    columns = {column.name for column in kind.table.columns if not column.kind.is_secret}
    values = {name: value for name, value in form.items() if name in columns}
    try:
        if key:
            seen = form.get("seen", "")
            await change_row(kind, key, values, seen=seen, reach=desk.reach, by=desk.viewer, house=desk.house)
            made: dict[str, str] = {}
        else:
            summary = await add_row(kind, values, reach=desk.reach, by=desk.viewer, house=desk.house)
            made = summary.passwords
    except ImportRefused as refused:
        wrong = {
            problem.column: texts.EXPECTED.format(expected=problem.expected) for problem in refused.problems
        }
        return await _row_page(request, desk, status=422, wrong=wrong, typed=form)
    except EditedMeanwhile as stale:
        return await _row_page(request, desk, status=409, stale=stale.message, typed=form)
    if made:
        return page(request, "organisation_secret.html", kind=kind.name, what=texts.PASSWORD, secrets=made)
    raise web.HTTPSeeOther(f"{HOME}/{kind.name}?done=saved")


async def _row_page(
    request: web.Request,
    desk: Desk,
    *,
    status: int = 200,
    wrong: dict[str, str] | None = None,
    stale: str = "",
    typed: Form | None = None,
) -> web.Response:
    kind, key = _kind(request, desk), request.match_info.get("key", "")
    row = await row_of(kind, desk.reach, key=key) if key else None
    if key and row is None:
        raise RowNotFound
    values = kind.values(row) if row is not None else {"active": "yes"}
    table = desk.house.organisation.table
    if stale:
        wrong = edited_since(kind, values, typed or {}, table=table)
    shown = values | (typed or {})
    fields = await fields_of(kind, values=shown, wrong=wrong or {}, is_new=not key, reach=desk.reach)
    return page(
        request,
        "organisation_row.html",
        status=status,
        stale=stale,
        seen=seen_of(values) if key else "",
        kind=kind.name,
        title=texts.KINDS[kind.name],
        key=key,
        fields=fields,
        choices={"role": _roles(fields, shown, desk)} if kind.name == "staff" else {},
        problems=list((wrong or {}).values()),
        may_bind=bool(key) and may_bind(kind, desk.reach),
        may_reset=bool(key) and kind.name == "staff",
        flags=zone_flags(table).get(key, []) if kind.name == "zones" and key else [],
        townships=townships_of(table, key) if kind.name == "zones" and key else None,
        is_asked=getattr(row, "removal_asked_by", "") not in ("", desk.viewer.actor),
    )


def _roles(fields: Sequence[Field], shown: Mapping[str, str], desk: Desk) -> Sequence[tuple[str, Duties]]:
    """Those that may be chosen, in words: of the account's body, where that is known."""
    offered = [value for field in fields if field.name == "role" for value, _ in field.options]
    body = desk.house.organisation.table.bodies.get(shown.get("body_code") or desk.reach.body)
    return beside_choice(offered, level=body.level if body else "", room=body.room if body else "")


@allowed(Caller.KEEPER)
async def give_secret(request: web.Request) -> web.StreamResponse:
    """A new bind code or password, shown this once."""
    desk = await desk_of(request)
    kind, key = _kind(request, desk), request.match_info["key"]
    if request.match_info["what"] == "bind-code":
        code = await new_bind_code(kind, key, reach=desk.reach, by=desk.viewer, house=desk.house)
        shown, what = {"": code}, texts.BIND_CODE
    elif kind.name == "staff":
        password = await new_password(key, reach=desk.reach, by=desk.viewer, house=desk.house)
        shown, what = {"": password}, texts.PASSWORD_AGAIN
    else:
        raise RowNotFound
    return page(request, "organisation_secret.html", kind=kind.name, what=what, secrets=shown)


@allowed(Caller.KEEPER)
async def show_changes(request: web.Request) -> web.StreamResponse:
    desk, query = await desk_of(request), read_query(request)
    before = query.get("before", "")
    found = await recent_changes(desk.reach, before=int(before) if before.isdecimal() else None)
    return page(
        request,
        "organisation_changes.html",
        found=found,
        names={one.id: summary_of(KINDS[one.kind], one.row, flags={}) for one in found.rows},
        said=said_at(desk),
        labels=texts.KINDS,
        words={name: words_of(kind) for name, kind in KINDS.items()},
        done=texts.DONE.get(query.get("done", ""), ""),
    )


@allowed(Caller.KEEPER)
async def undo_change(request: web.Request) -> web.StreamResponse:
    desk, number = await desk_of(request), request.match_info["id"]
    await undo(int(number), reach=desk.reach, by=desk.viewer, house=desk.house)
    raise web.HTTPSeeOther(f"{HOME}/changes?done=undone")
