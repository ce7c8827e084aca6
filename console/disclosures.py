"""公开事项: listed, written, looked at with names masked, and only then published."""

from collections.abc import Sequence
from typing import Any

import orjson
from aiohttp import web

from access.viewer import Viewer
from clients.content_check import ContentDoubtful, ContentNotChecked, ContentRefused
from console import texts
from console.callers import Caller, allowed
from console.content import content_check
from console.drafting import draft_here
from console.forms import Form, read_files, read_form, read_query
from console.pages import page
from console.reports import viewer_of
from disclosures.keeping import COLUMNS, Row, as_row, kept_in, preview, put, rows_in, scope_of
from disclosures.listing import Published
from models.area import Area
from models.body import Body
from models.choices import DisclosureKind
from models.errors import DomainError
from organisation.house import HOUSE, House
from surveys.keeping import surveys_of

HOME = "/console/disclosures"


async def desk_of(request: web.Request) -> tuple[Viewer, House, str]:
    """Who publishes, and for which region."""
    viewer, house = viewer_of(request), request.config_dict[HOUSE]
    body = await Body.get(code=viewer.body_code)
    scope = scope_of(viewer, region_code=body.region_id)
    if not scope:
        raise web.HTTPNotFound
    return viewer, house, scope


@allowed(Caller.READER)
async def show_disclosures(request: web.Request) -> web.StreamResponse:
    return await _page(request)


@allowed(Caller.READER)
async def show_disclosure(request: web.Request) -> web.StreamResponse:
    """The form, filled with what stands, or empty for a new one."""
    _, house, scope = await desk_of(request)
    code = read_query(request).get("code", "")
    found = [item for item in await kept_in(scope, house=house) if item.code == code]
    if code and not found:
        raise web.HTTPNotFound
    stands = as_row(found[0]) if found else {"active": "yes", "region_code": scope}
    return await _page(
        request, row=stands | await draft_here("disclosure", request=request, of=code), of=code
    )


@allowed(Caller.READER, files=("workbook", 1))
async def look_first(request: web.Request) -> web.StreamResponse:
    """One row from the form, or the rows of a workbook: shown as the public will see them, not stored."""
    _, house, scope = await desk_of(request)
    form = await read_form(request)
    row = {name: form.get(name, "").strip() for name in COLUMNS}
    sent = await read_files(request)
    try:
        rows = await rows_in(sent[0]) if sent else [row]
        shown = await preview(rows, scope=scope, house=house)
    except DomainError as refused:
        return await _page(request, row=None if sent else row, refused=refused, of=form.get("of", ""))
    return await _page(request, rows=rows, shown=shown, of=form.get("of", ""))


@allowed(Caller.READER)
async def publish_rows(request: web.Request) -> web.StreamResponse:
    viewer, house, scope = await desk_of(request)
    form = await read_form(request)
    rows = _rows(form)
    try:
        await put(
            rows,
            scope=scope,
            by=viewer,
            house=house,
            check=content_check(request),
            is_reviewed=form.get("reviewed") == "yes",
        )
    except (ContentRefused, ContentNotChecked) as refused:
        # what was written stays: to be changed, or published in a while
        shown = await preview(rows, scope=scope, house=house)
        return await _page(
            request,
            row=rows[0] if len(rows) == 1 else None,
            rows=rows,
            shown=shown,
            refused=refused,
            of=form.get("of", ""),
        )
    except DomainError as refused:
        return await _page(request, refused=refused)
    raise web.HTTPSeeOther(f"{HOME}?done=published")


def _rows(form: Form) -> list[Row]:
    try:
        found = orjson.loads(form.get("rows", "[]"))
    except orjson.JSONDecodeError:
        return []
    rows = [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []
    return [{name: str(row[name]) for name in COLUMNS if name in row} for row in rows]


async def _page(
    request: web.Request,
    *,
    row: Row | None = None,
    rows: Sequence[Row] = (),
    shown: Sequence[Published] = (),
    refused: DomainError | None = None,
    of: str = "",
) -> web.StreamResponse:
    """`of` is the code of the row that is written anew, empty for a new one."""
    _, house, scope = await desk_of(request)
    values: dict[str, Any] = {
        "items": await kept_in(scope, house=house),
        "rectifications": await surveys_of(scope, is_rectification=True),
        "row": row,
        "of": of,
        "rows": orjson.dumps(list(rows)).decode(),
        "shown": shown,
        "refused": refused,
        "is_doubtful": isinstance(refused, ContentDoubtful),
        "kinds": list(DisclosureKind),
        "areas": await Area.filter(is_active=True).order_by("sort", "code"),
        "today": house.clock.now().astimezone(house.timezone).date(),
        "done": texts.DONE.get(read_query(request).get("done", ""), ""),
    }
    return page(request, "disclosures.html", status=422 if refused else 200, **values)
