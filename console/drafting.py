"""Drafts of every long form: kept while somebody writes, when a form is refused, and when a session was lost.

One mechanism for all: what a form is called in its address says whose draft it is. A form that did what it should
drops its draft; whatever else happens to it (refused, an error, nobody signed in any more) keeps it.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from aiohttp import web
from aiohttp.typedefs import Handler

from access.predicate import READERS
from access.reports import ReportNotFound
from access.viewer import Viewer
from casework.errors import TooManySaved
from casework.save_draft import save_draft, throw_away
from console.actions import LIST
from console.callers import Caller, allowed
from console.drafted import OF_REPORTS, PAGES, WRITTEN, form_key
from console.forms import Form, read_form
from console.sessions import SESSION
from dossier.drafts import Fields, draft_without_report, drafts_without_report
from organisation.house import HOUSE

HERE: Final = "/console/reports#drafts"
SENT_TO: Final = {
    "/console/enter": "enter",
    "/console/disclosures/look": "disclosure",
    "/console/disclosures/publish": "disclosure",
    "/console/surveys": "survey",
    "/console/privacy-guide": "privacy-guide",
    "/console/templates": "template",
}
LOOKS: Final = ("look", "preview")
"""Show what would become of the form, and do nothing yet."""
KEPT: Final = {"X-Draft": "kept"}
"""Tells the script of a page whose form was refused that nothing is lost."""
SPENT: web.RequestKey[bool] = web.RequestKey("draft_spent", bool)
"""On a request: what was written must not be kept, although it was refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    form: str
    number: str
    fields: Mapping[str, str]

    @property
    def is_empty(self) -> bool:
        return not any(self.fields[name].strip() for name in self.fields if name in WRITTEN)


def draft_in(request: web.Request, form: Form) -> Draft | None:
    """What would be kept of the form; None where its address has no drafts."""
    number, last = request.match_info.get("number", ""), request.path.rpartition("/")[2]
    if number:
        name = "reply" if last in ("draft", "preview") else last
        fields = OF_REPORTS.get(name, ())
        key = form_key(name, form)
    else:
        name = request.match_info.get("form") or SENT_TO.get(request.path, "")
        _, fields = PAGES.get(name, ("", ()))
        key = f"{name}:{form['of'][:64]}" if form.get("of") else name
    if not fields:
        return None
    return Draft(form=key, number=number, fields={field: form.get(field, "") for field in fields})


def _viewer(request: web.Request) -> Viewer:
    viewer = request[SESSION].viewer if SESSION in request else None
    if viewer is None:
        raise web.HTTPNotFound
    return viewer


@web.middleware
async def with_draft(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Within `with_caller`: whoever comes here may call what they call."""
    draft = draft_in(request, await read_form(request)) if request.method == "POST" else None
    if draft is None or "/draft" in request.path:
        return await handler(request)
    viewer, is_done = _viewer(request), False
    try:
        answer = await handler(request)
        is_done = answer.status < web.HTTPBadRequest.status_code and not request.path.endswith(LOOKS)
    except web.HTTPSeeOther:
        is_done = True
        raise
    finally:
        if is_done or SPENT in request:
            await throw_away(draft.form, number=draft.number, by=viewer, house=request.config_dict[HOUSE])
        else:
            await keep(draft, request=request, by=viewer)
    return answer


async def keep(draft: Draft, *, request: web.Request, by: Viewer) -> bool:
    """Whether it is kept: not where nothing was written, nor about a report that is out of sight."""
    # what was emptied on the page, or is not on it, must not take away what was written before
    if draft.is_empty:
        return False
    with suppress(ReportNotFound, TooManySaved):
        await _save(draft, request=request, by=by)
        return True
    return False


async def keep_unsent(request: web.Request, form: Form, *, by: Viewer) -> bool:
    """Of a form that cannot be done, since nobody is signed in any more or it is from an earlier session."""
    draft = draft_in(request, form)
    if draft is None or by.role not in READERS:
        return False
    return await keep(draft, request=request, by=by)


async def _save(draft: Draft, *, request: web.Request, by: Viewer) -> None:
    await save_draft(
        draft.form,
        draft.fields,
        number=draft.number,
        by=by,
        house=request.config_dict[HOUSE],
        is_empty=draft.is_empty,
    )


@allowed(Caller.READER)
async def keep_draft(request: web.Request) -> web.StreamResponse:
    """Quietly for the script of a page, while somebody writes; for whoever has none by a button, and the page again."""
    await save_posted(request)
    form = await read_form(request)
    if form.get("quiet"):
        return web.Response(status=204)
    raise web.HTTPSeeOther(_page_of(request, form))


def _page_of(request: web.Request, form: Form) -> str:
    number, of = request.match_info.get("number", ""), form.get("of", "")
    if number:
        page = f"/console/ledger?number={number}&" if form.get("from") == "ledger" else f"{LIST}/{number}?"
    else:
        path, _ = PAGES[request.match_info["form"]]
        page = f"{path}?{urlencode({'code': of})}&" if of else f"{path}?"
    return f"{page}draft=kept"


async def save_posted(request: web.Request) -> None:
    """Raises `ReportNotFound`, `TooManySaved`."""
    draft = draft_in(request, await read_form(request))
    if draft is None:
        raise web.HTTPNotFound
    await _save(draft, request=request, by=_viewer(request))


async def draft_here(name: str, *, request: web.Request, of: str = "") -> Form:
    """What whoever asks began to write on a form about no report, empty when nothing."""
    key = f"{name}:{of[:64]}" if of else name
    house = request.config_dict[HOUSE]
    return dict(await draft_without_report(key, staff_id=_viewer(request).staff_id, house=house))


async def drafts_here(name: str, *, request: web.Request) -> Mapping[str, Fields]:
    """As `draft_here`, of every object of the form: by `of`, which is empty for a new one."""
    house = request.config_dict[HOUSE]
    found = await drafts_without_report(name, staff_id=_viewer(request).staff_id, house=house)
    return {form.partition(":")[2]: fields for form, fields in found.items()}


@allowed(Caller.READER)
async def drop(request: web.Request) -> web.StreamResponse:
    form = await read_form(request)
    name, number = form.get("form", ""), form.get("number", "")
    await throw_away(name, number=number, by=_viewer(request), house=request.config_dict[HOUSE])
    raise web.HTTPSeeOther(HERE)
