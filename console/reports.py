"""The inbox of a body, and one report with all that was said and all that may be done."""

from typing import Any

from aiohttp import web

from access.drafts import own_drafts
from access.due import due_reports
from access.look_backs import due_look_backs
from access.predicate import READERS
from access.referrals import due_referrals
from access.reports import (
    count_aside,
    count_by_status,
    is_first_reading,
    list_reports,
    list_to_answer,
    list_to_approve,
    open_report,
)
from access.viewer import Viewer
from casework.accept import MATTERS
from casework.careful import TextBetrays
from casework.errors import FieldWrong
from casework.words import TEXT_LIMIT
from clients.content_check import ContentDoubtful
from console import texts
from console.actions import LIST
from console.callers import Caller, allowed
from console.clocks import end_of_day
from console.drafted import action_of, form_key, page_of, shown_of, unplaced
from console.errors import status_of
from console.filters.kept import REPORTS
from console.filters.shelf import narrowed_by, shelf_of
from console.forms import Form, read_query
from console.marks import mark_of_list, mark_of_report
from console.offers import offers_of
from console.pages import page
from console.passed_on import PARTNERS
from console.reading import read_report
from console.report_rows import report_rows
from console.sessions import SESSION
from console.together import others_in_words
from models.choices import Ground, Status
from models.errors import DomainError
from organisation.house import HOUSE

ORDER = ("received", "accepted", "handling", "concluded", "fed_back", "closed", "declined")
STATUSES = [(key, Status(key).label) for key in ORDER]
KINDS = [(str(kind), kind.label) for kind in MATTERS]
GROUNDS = [(str(ground), ground.label) for ground in Ground]


def viewer_of(request: web.Request) -> Viewer:
    viewer = request[SESSION].viewer
    if viewer is None:
        raise web.HTTPNotFound
    return viewer


@allowed(Caller.SIGNED_IN)
async def go_home(request: web.Request) -> web.StreamResponse:
    raise web.HTTPSeeOther(LIST)


@allowed(Caller.SIGNED_IN)
async def show_reports(request: web.Request) -> web.StreamResponse:
    viewer = viewer_of(request)
    if viewer.role not in READERS:
        return page(request, "nothing.html")
    return await list_page(
        request, await narrowed_by(request, read_query(request), of_list=REPORTS, by=viewer)
    )


async def list_page(
    request: web.Request, query: Form, *, refused: FieldWrong | None = None, form: Form | None = None
) -> web.Response:
    """`refused` is why what `form` asked of the saved filters was not done."""
    viewer, house = viewer_of(request), request.config_dict[HOUSE]
    asked = {name: query.get(name, "") for name in ("q", "status", "owner")}
    now = house.clock.now()
    day_ends_at = end_of_day(now, timezone=house.timezone)
    aside = await count_aside(viewer)
    counts = await count_by_status(viewer)
    drafts = await own_drafts(viewer, at=now)
    cursor = query.get("cursor", "")
    q, status, owner = asked["q"], asked["status"], asked["owner"]
    found = await list_reports(
        viewer, vault=house.vault, at=now, q=q, status=status, owner=owner, cursor=cursor
    )
    return page(
        request,
        "reports.html",
        status=status_of(refused) if refused else 200,
        rows=report_rows(found.rows, at=now, house=house),
        next_cursor=found.next_cursor,
        # what was searched for, or lies further back, stays as it was found
        page_mark="" if q or cursor else mark_of_list(found.rows, counts=counts, aside=aside),
        aside=aside,
        urgent=await due_reports(viewer, at=now, day_ends_at=day_ends_at),
        look_backs=await due_look_backs(viewer, day_ends_at=day_ends_at),
        referrals=await due_referrals(viewer, day_ends_at=day_ends_at),
        to_approve=await list_to_approve(viewer),
        to_answer=await list_to_answer(viewer),
        counts=counts,
        total=sum(counts.values()),
        asked=asked,
        shelf=await shelf_of(request, query, of_list=REPORTS, by=viewer, refused=refused, form=form),
        drafts=[(one, texts.DRAFTS.get(action_of(one.form), ""), page_of(one)) for one in drafts],
        statuses=STATUSES,
        done=texts.DONE.get(query.get("done", ""), ""),
    )


@allowed(Caller.READER)
async def show_report(request: web.Request) -> web.StreamResponse:
    return await report_page(request)


async def report_page(
    request: web.Request,
    *,
    refused: DomainError | None = None,
    action: str = "",
    form: Form | None = None,
    **shown: Any,
) -> web.Response:
    """`shown` is what only this answer shows: an identity asked for, a preview."""
    viewer, house = viewer_of(request), request.config_dict[HOUSE]
    report = await open_report(viewer, number=request.match_info["number"], at=house.clock.now())
    opened = await read_report(report, viewer=viewer, house=house)
    offered = await offers_of(opened, viewer=viewer, house=house)
    key = form_key(action, form or {})
    is_wrong_field = isinstance(refused, FieldWrong)
    return page(
        request,
        "report.html",
        status=status_of(refused) if refused else 200,
        it=opened,
        page_mark=mark_of_report(opened),
        others=await others_in_words(report, viewer=viewer, house=house),
        offered=offered,
        is_first_reading=await is_first_reading(viewer, report=report),
        conflict="" if is_wrong_field or refused is None else refused.message,
        wrong={(key, refused.field): refused.message} if isinstance(refused, FieldWrong) else {},
        **shown_of(opened.drafts, key=key, form=form or {}),
        unplaced=unplaced(opened.drafts, key=key, form=form or {}, offered=offered),
        refused_action=key,
        is_held_back=isinstance(refused, TextBetrays),
        is_doubtful=isinstance(refused, ContentDoubtful),
        **({"identity": None, "preview": None} | shown),
        kinds=KINDS,
        grounds=GROUNDS,
        partners=PARTNERS,
        limit=TEXT_LIMIT,
    )
