"""A year of holidays and 调休 at once: pasted as published, all of it or nothing."""

from aiohttp import web

from console.callers import Caller, allowed
from console.forms import read_form
from console.keeping.rows import HOME, desk_of
from console.pages import page
from organisation.errors import HolidaysUnreadable
from organisation.holidays import days_of, keep_days
from organisation.importing.tables import HOLIDAYS


@allowed(Caller.KEEPER)
async def show_year(request: web.Request) -> web.StreamResponse:
    desk = await desk_of(request)
    if HOLIDAYS.name not in desk.reach.kinds:
        raise web.HTTPNotFound
    return page(request, "holidays.html", typed="", wrong="")


@allowed(Caller.KEEPER)
async def save_year(request: web.Request) -> web.StreamResponse:
    desk, form = await desk_of(request), await read_form(request)
    typed = form.get("days", "")
    try:
        await keep_days(days_of(typed), reach=desk.reach, by=desk.viewer, house=desk.house)
    except HolidaysUnreadable as error:
        return page(request, "holidays.html", status=422, typed=typed, wrong=error.message)
    raise web.HTTPSeeOther(f"{HOME}/{HOLIDAYS.name}?done=saved")
