"""The page of reply templates: those of one's own body to change, those of the county to read."""

from aiohttp import web

from casework.errors import FieldWrong
from casework.reply_templates import known_templates, save_template
from casework.texts import BLANKS
from casework.words import TEXT_LIMIT
from console.callers import Caller, allowed
from console.drafted import PAGES
from console.drafting import drafts_here
from console.forms import Form, read_form
from console.pages import page
from console.reports import viewer_of
from organisation.house import HOUSE

PAGE, FIELDS = PAGES["template"]


@allowed(Caller.READER)
async def show_templates(request: web.Request) -> web.StreamResponse:
    return await _page(request)


@allowed(Caller.READER)
async def keep_template(request: web.Request) -> web.StreamResponse:
    form = await read_form(request)
    try:
        await save_template(
            id=form.get("of", ""),
            title=form.get("title", ""),
            area=form.get("area", ""),
            text=form.get("text", ""),
            is_active=form.get("is_active", "yes") == "yes",
            by=viewer_of(request),
            house=request.config_dict[HOUSE],
        )
    except FieldWrong as error:
        return await _page(request, refused=error, form=form)
    raise web.HTTPSeeOther(PAGE)


async def _page(
    request: web.Request, *, refused: FieldWrong | None = None, form: Form | None = None
) -> web.Response:
    viewer, table = viewer_of(request), request.config_dict[HOUSE].organisation.table
    drafts = dict(await drafts_here("template", request=request))
    refused_id = form.get("of", "") if form else None
    if form and refused_id is not None:
        drafts[refused_id] = {name: form.get(name, "") for name in FIELDS}
    return page(
        request,
        "reply_templates.html",
        status=422 if refused else 200,
        templates=await known_templates(viewer),
        own=viewer.body_code,
        areas=sorted(table.areas.items()),
        blanks=BLANKS,
        limit=TEXT_LIMIT,
        drafts=drafts,
        wrong=refused.message if refused else "",
        refused_id=refused_id,
    )
