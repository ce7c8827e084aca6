"""隔离: what came in a flood and stands aside, looked through, brought back in two clicks, or declined together."""

from collections.abc import Sequence
from typing import Any

from aiohttp import web

from access.quarantine import PAGE, AsideFilter, group_aside, list_aside
from access.reports import count_aside
from casework import texts as casework_texts
from casework.decline_together import decline_together
from casework.errors import FieldWrong, TransitionNotAllowed
from casework.restore import restore
from casework.words import TEXT_LIMIT
from console import texts
from console.callers import Caller, allowed
from console.errors import status_of
from console.forms import Form, read_form, read_many, read_query
from console.pages import page
from console.reports import GROUNDS, viewer_of
from dossier.excerpts import glance
from models.errors import DomainError
from organisation.house import HOUSE

INBOX = "/console/reports?done=restore"


@allowed(Caller.READER)
async def show_quarantine(request: web.Request) -> web.StreamResponse:
    return await _page(request)


@allowed(Caller.READER)
async def restore_chosen(request: web.Request) -> web.StreamResponse:
    form, numbers = await read_form(request), await read_many(request, "number")
    if not numbers and not form.get("all"):
        return await _page(request, refused=FieldWrong("number", casework_texts.CHOOSE_SOME), form=form)
    wanted = AsideFilter() if numbers else _wanted(form)
    await restore(numbers, wanted=wanted, by=viewer_of(request), house=request.config_dict[HOUSE])
    raise web.HTTPSeeOther(INBOX)


@allowed(Caller.READER)
async def decline_chosen(request: web.Request) -> web.StreamResponse:
    form, numbers = await read_form(request), await read_many(request, "number")
    given = {name: form.get(name, "") for name in ("ground", "text")}
    try:
        declined, stay = await decline_together(
            numbers, **given, by=viewer_of(request), house=request.config_dict[HOUSE]
        )
    except (FieldWrong, TransitionNotAllowed) as error:
        return await _page(request, refused=error, form=form, numbers=numbers)
    done = texts.DECLINED_TOGETHER.format(count=declined)
    return await _page(request, done=done + (texts.SOME_STAY.format(count=stay) if stay else ""))


def _wanted(asked: Form) -> AsideFilter:
    return AsideFilter(region=asked.get("region", ""), channel=asked.get("channel", ""))


async def _page(
    request: web.Request,
    *,
    refused: DomainError | None = None,
    form: Form | None = None,
    numbers: Sequence[str] | None = None,
    **shown: Any,
) -> web.Response:
    viewer, house = viewer_of(request), request.config_dict[HOUSE]
    query = read_query(request)
    wanted = _wanted(form or query)
    found = await list_aside(viewer, wanted=wanted, after=query.get("after", ""))
    at = house.clock.now()
    return page(
        request,
        "quarantine.html",
        status=status_of(refused) if refused else 200,
        found=found,
        words=await glance([one.id for one in found], by=viewer.actor, house=house, at=at),
        groups=await group_aside(viewer),
        total=await count_aside(viewer),
        wanted=wanted,
        after=found[-1].place if len(found) == PAGE else "",
        chosen=set(numbers or ()) if "checked" not in query else {one.row.number for one in found},
        refused=refused,
        typed=form or {},
        grounds=GROUNDS,
        limit=TEXT_LIMIT,
        **({"done": ""} | shown),
    )
