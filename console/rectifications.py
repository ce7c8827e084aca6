"""整改公开: published from a concluded report by its leader, and taken down by whoever publishes for the place."""

from aiohttp import web

from casework.errors import FieldWrong, TransitionNotAllowed
from casework.publish_rectification import publish_rectification
from clients.content_check import ContentNotChecked, ContentRefused
from console.actions import LIST
from console.callers import Caller, allowed
from console.content import content_check
from console.disclosures import HOME, desk_of
from console.forms import read_form
from console.reports import report_page, viewer_of
from organisation.house import HOUSE
from surveys.keeping import end_survey

ACTION = "publish"


@allowed(Caller.READER)
async def publish(request: web.Request) -> web.StreamResponse:
    number, form = request.match_info["number"], await read_form(request)
    try:
        await publish_rectification(
            number,
            title=form.get("title", ""),
            text=form.get("text", ""),
            by=viewer_of(request),
            house=request.config_dict[HOUSE],
            check=content_check(request),
            is_reviewed=form.get("reviewed") == "yes",
        )
    except (FieldWrong, TransitionNotAllowed, ContentRefused, ContentNotChecked) as refused:
        return await report_page(request, refused=refused, action=ACTION, form=form)
    raise web.HTTPSeeOther(f"{LIST}/{number}")


@allowed(Caller.READER)
async def take_down(request: web.Request) -> web.StreamResponse:
    """Raises `SurveyUnknown`; what was answered stays."""
    viewer, house, scope = await desk_of(request)
    await end_survey(
        request.match_info["code"], within=scope, is_rectification=True, by=viewer.actor, house=house
    )
    raise web.HTTPSeeOther(f"{HOME}?done=taken-down")
