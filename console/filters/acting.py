"""Saving, renaming and removing a filter, from a form on the list itself."""

from urllib.parse import urlencode

from aiohttp import web

from casework.errors import FieldWrong
from console.actions import LEDGER as LEDGER_PAGE
from console.actions import LIST
from console.callers import Caller, allowed
from console.filters.kept import LEDGER, LISTS, REPORTS, asked_of, keep_filter, remove_filter, rename_filter
from console.forms import Form, read_form
from console.ledger import ledger_page
from console.reports import list_page, viewer_of
from organisation.house import HOUSE


@allowed(Caller.READER)
async def change_filters(request: web.Request) -> web.StreamResponse:
    viewer, form = viewer_of(request), await read_form(request)
    of_list = form.get("list", REPORTS)
    if of_list not in LISTS or (of_list == LEDGER and not Caller.LEDGER_READER.admits(viewer)):
        raise web.HTTPNotFound
    try:
        told = await _change(request, form, of_list=of_list)
    except FieldWrong as wrong:
        again = ledger_page if of_list == LEDGER else list_page
        return await again(request, asked_of(form, of_list=of_list), refused=wrong, form=form)
    to = LEDGER_PAGE if of_list == LEDGER else LIST
    raise web.HTTPSeeOther(f"{to}?{urlencode(told)}")


async def _change(request: web.Request, form: Form, *, of_list: str) -> dict[str, str]:
    """What the list is asked for next. Raises `FieldWrong`, `FilterGone`."""
    viewer, house = viewer_of(request), request.config_dict[HOUSE]
    one, name = form.get("id", ""), form.get("name", "")
    if not one:
        asked = asked_of(form, of_list=of_list)
        made = await keep_filter(name, of_list=of_list, asked=asked, by=viewer, house=house)
        return {"saved": made, "filter": "saved"}
    if form.get("what") == "remove":
        await remove_filter(one, of_list=of_list, by=viewer, house=house)
        return {"filter": "removed"}
    await rename_filter(one, name, of_list=of_list, by=viewer, house=house)
    return {"saved": one, "filter": "renamed"}
