"""Who reported, shown on the one page that answers the asking and on no other: looking again is asking again."""

from aiohttp import web

from casework.errors import FieldWrong, TransitionNotAllowed
from casework.see_identity import see_identity
from console.callers import Caller, allowed
from console.forms import read_form
from console.reports import report_page, viewer_of
from organisation.house import HOUSE

ACTION = "see-identity"


@allowed(Caller.READER)
async def show_identity(request: web.Request) -> web.StreamResponse:
    form = await read_form(request)
    try:
        identity = await see_identity(
            request.match_info["number"],
            reason=form.get("reason", ""),
            by=viewer_of(request),
            house=request.config_dict[HOUSE],
        )
    except (FieldWrong, TransitionNotAllowed) as error:
        return await report_page(request, refused=error, action=ACTION, form=form)
    return await report_page(request, identity=identity)
