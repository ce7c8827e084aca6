"""What a leader does beside single reports: hands a colleague's work on, and reads who has read what."""

from datetime import datetime

from aiohttp import web

from access.handled import loads_of
from access.readings import PAGE, answers_for_county, readings_for
from casework.assign import handlers_of
from casework.hand_on import hand_on
from console import texts
from console.callers import Caller, allowed
from console.forms import Form, read_form, read_query
from console.pages import page
from console.reports import viewer_of
from models.fields import from_millis, to_millis
from organisation.house import HOUSE
from vault.log import record

LONGEST_MILLIS = 15


@allowed(Caller.LEADER)
async def show_hand_on(request: web.Request) -> web.StreamResponse:
    return await _hand_on_page(request, {})


@allowed(Caller.LEADER)
async def do_hand_on(request: web.Request) -> web.StreamResponse:
    viewer, house = viewer_of(request), request.config_dict[HOUSE]
    form = await read_form(request)
    of, to = form.get("of", ""), form.get("to", "")
    handlers = {one.username for one in await handlers_of(viewer.body_code)}
    if to not in handlers or of == to or of not in {one.username for one in await loads_of(viewer)}:
        return await _hand_on_page(request, form, status=422, wrong=texts.HAND_ON_WRONG)
    gone, left = await hand_on(of=of, to=to, by=viewer, house=house)
    told = texts.HANDED_ON.format(count=gone) + (texts.HANDED_ON_LEFT.format(count=left) if left else "")
    return await _hand_on_page(request, {}, done=told)


async def _hand_on_page(
    request: web.Request, typed: Form, *, status: int = 200, wrong: str = "", done: str = ""
) -> web.Response:
    viewer = viewer_of(request)
    return page(
        request,
        "hand_on.html",
        status=status,
        loads=[
            (one.username, texts.LOAD.format(name=one.name, count=one.count))
            for one in await loads_of(viewer)
        ],
        handlers=[(one.username, one.name) for one in await handlers_of(viewer.body_code)],
        typed=typed,
        wrong=wrong,
        done=done,
    )


@allowed(Caller.LEADER)
async def show_readings(request: web.Request) -> web.StreamResponse:
    """That somebody looked through it is an event, too."""
    viewer, house = viewer_of(request), request.config_dict[HOUSE]
    found = await readings_for(viewer, before=_before(read_query(request).get("before", "")))
    await record("log.read", by=viewer.actor, at=house.clock.now())
    return page(
        request,
        "readings.html",
        rows=found[:PAGE],
        words=texts.READINGS,
        is_county=answers_for_county(viewer),
        next_before=to_millis(found[PAGE - 1].at) if len(found) > PAGE else None,
    )


def _before(millis: str) -> datetime | None:
    return from_millis(int(millis)) if millis.isdecimal() and len(millis) < LONGEST_MILLIS else None
