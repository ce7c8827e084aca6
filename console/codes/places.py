"""Codes by place: from the county down to the group, with what can be done at each."""

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from console.callers import Caller, allowed
from console.codes import texts
from console.forms import read_query
from console.keeping.rows import Desk, desk_of
from console.pages import page
from models.choices import Purpose
from models.entry_code import EntryCode
from organisation.codes.reach import may_issue, may_retire, require_place, top_of
from organisation.entry_codes import grouped
from routing.table import RoutingTable

HOME = "/console/codes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A code as it is listed."""

    code: str
    letters: str
    about: str
    state: str
    newer: str
    may_replace: bool
    may_reprint: bool
    may_retire: bool


async def keeper_of(request: web.Request) -> tuple[Desk, str]:
    """With the highest place within reach. Not found for who keeps no place."""
    desk = await desk_of(request)
    top = top_of(desk.reach, table=desk.house.organisation.table)
    if top is None:
        raise web.HTTPNotFound
    return desk, top


@allowed(Caller.KEEPER)
async def show_codes(request: web.Request) -> web.StreamResponse:
    desk, top = await keeper_of(request)
    query, table = read_query(request), desk.house.organisation.table
    region = query.get("region", "") or top
    require_place(desk.reach, region, table=table)
    path = table.path(region)
    done = texts.DONE.get(query.get("done", ""), "")
    return page(
        request,
        "codes.html",
        region=region,
        way=[(code, table.tree.nodes[code].name) for code in path[path.index(top) :]],
        below=children_of(table, region),
        lines=await _lines(region, desk),
        areas=list(table.areas.items()),
        purposes=[(each.value, each.label) for each in Purpose if may_issue(desk.reach, each)],
        each=list(texts.EACH.items()),
        done=done.format(count=_number(query.get("count", "")), code=query.get("code", "")[:14]),
    )


def children_of(table: RoutingTable, region: str) -> Sequence[tuple[str, str]]:
    found = [(code, node.name) for code, node in table.tree.nodes.items() if node.parent == region]
    return sorted(found)


async def _lines(region: str, desk: Desk) -> list[Line]:
    codes = EntryCode.filter(region_id=region).select_related("area")
    ordered = await codes.order_by("purpose", "area__sort", "area_id", "issued_at", "code")
    return [_line(entry, desk) for entry in ordered]


def _line(entry: EntryCode, desk: Desk) -> Line:
    is_active = entry.status.value == "active"
    is_ours = may_issue(desk.reach, entry.purpose)
    state = ("ending" if entry.replaced_by_id else "active") if is_active else "retired"
    return Line(
        code=entry.code,
        letters=grouped(entry.code),
        about=f"{entry.purpose.label} · {entry.area.name}",
        state=texts.STATES[state],
        newer=grouped(entry.replaced_by_id) if entry.replaced_by_id else "",
        may_replace=is_ours and state == "active",
        may_reprint=state == "active",
        may_retire=is_active and may_retire(desk.reach),
    )


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else 0
