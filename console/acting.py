"""What a form of the report page, or of a ledger row, asks for: done, or refused with the form again."""

from aiohttp import web

from access.reports import ReportNotFound
from casework.errors import FieldWrong, TransitionNotAllowed
from console.actions import ACTIONS, carry_out
from console.callers import Caller, allowed
from console.forms import read_form
from console.ledger import refused_row
from console.ledger_rows import OFFERED
from console.reports import report_page, viewer_of
from organisation.house import HOUSE


@allowed(Caller.READER)
async def act(request: web.Request) -> web.StreamResponse:
    number, name = request.match_info["number"], request.match_info["action"]
    if name not in ACTIONS:
        raise web.HTTPNotFound
    form = await read_form(request)
    viewer = viewer_of(request)
    try:
        to = await carry_out(name, number, form, by=viewer, house=request.config_dict[HOUSE])
    except (FieldWrong, TransitionNotAllowed) as error:
        try:
            return await report_page(request, refused=error, action=name, form=form)
        except ReportNotFound:
            if name not in OFFERED:
                raise
            return await refused_row(request, refused=error, action=name, form=form)
    raise web.HTTPSeeOther(to)
