"""登录: where somebody is signed in, without a place or an address, and the end of all the others."""

from aiohttp import web

from console import texts
from console.callers import Caller, allowed
from console.forms import read_form
from console.pages import page
from console.reports import viewer_of
from console.sessions import SESSION, end_others, sessions_of
from organisation.house import HOUSE
from vault.log import record

HERE = "/console/sessions"


@allowed(Caller.SIGNED_IN)
async def show_sessions(request: web.Request) -> web.StreamResponse:
    own = request[SESSION].row
    found = await sessions_of(own.staff_id, at=request.config_dict[HOUSE].clock.now())
    done = texts.OTHERS_ENDED if "done" in request.query else ""
    return page(
        request, "sessions.html", own=own, others=[one for one in found if one.id != own.id], done=done
    )


@allowed(Caller.SIGNED_IN)
async def end_other_sessions(request: web.Request) -> web.StreamResponse:
    """A stolen cookie among them: whoever holds it has to sign in like everybody."""
    await read_form(request)
    viewer, house = viewer_of(request), request.config_dict[HOUSE]
    await end_others(request[SESSION].row)
    await record("session.end-others", by=viewer.actor, at=house.clock.now())
    raise web.HTTPSeeOther(f"{HERE}?done=1")
