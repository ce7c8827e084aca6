"""The desk of what did not arrive: why, and to send it again."""

from aiohttp import web

from access.undelivered import list_undelivered
from casework.send_again import send_again
from console import texts
from console.callers import Caller, allowed
from console.forms import read_form
from console.pages import page
from console.reports import viewer_of
from delivery.notices import reason_text
from organisation.house import HOUSE

HERE = "/console/undelivered"


@allowed(Caller.READER)
async def show_undelivered(request: web.Request) -> web.StreamResponse:
    found = [
        (one, texts.NOTICES.get(one.notice, one.notice), reason_text(one.reason, is_failed=True))
        for one in await list_undelivered(viewer_of(request))
    ]
    return page(request, "undelivered.html", found=found, is_sent="done" in request.query)


@allowed(Caller.READER)
async def send_undelivered(request: web.Request) -> web.StreamResponse:
    await read_form(request)
    house = request.config_dict[HOUSE]
    await send_again(request.match_info["id"], by=viewer_of(request), house=house)
    raise web.HTTPSeeOther(f"{HERE}?done=1")
