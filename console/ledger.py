"""The ledger: numbers and clocks, nothing to open, and what a body above may do with a row.

A page of rows carries no forms, which would make most of it: `?number=` asks for one row with what may be done.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from aiohttp import web

from access.ledger import LedgerRow, climbed_rows, find_listed, list_ledger, listed_row
from casework.errors import FieldWrong
from console import texts
from console.callers import Caller, allowed
from console.drafted import shown_of
from console.errors import status_of
from console.filters.kept import LEDGER
from console.filters.shelf import Shelf, narrowed_by, shelf_of
from console.forms import Form, read_query
from console.ledger_asking import Asking, asking_of
from console.ledger_rows import many_rows, one_row
from console.pages import page
from console.passed_on import PARTNERS, STATES, WAYS
from console.records import Line, line_of
from console.reports import STATUSES, viewer_of
from dossier.drafts import drafts_of
from dossier.rows import report_key
from dossier.urging import urges_by
from models.choices import Kind
from models.errors import DomainError
from organisation.house import HOUSE
from vault.log import record


@allowed(Caller.LEDGER_READER)
async def show_ledger(request: web.Request) -> web.StreamResponse:
    viewer, house = viewer_of(request), request.config_dict[HOUSE]
    at = house.clock.now()
    query = read_query(request)
    number = query.get("number", "")
    await record("ledger.read", by=viewer.actor, at=at)
    if number:
        return await _one_row(request, number=number)
    return await ledger_page(request, await narrowed_by(request, query, of_list=LEDGER, by=viewer))


async def ledger_page(
    request: web.Request, query: Form, *, refused: FieldWrong | None = None, form: Form | None = None
) -> web.Response:
    """`refused` is why what `form` asked of the saved filters was not done."""
    viewer, house = viewer_of(request), request.config_dict[HOUSE]
    at = house.clock.now()
    asking = asking_of(query, viewer=viewer, house=house)
    found = await list_ledger(viewer, at=at, wanted=asking.wanted, cursor=query.get("cursor", ""))
    is_first = not query.get("cursor") and not asking.wanted.keys
    return _page(
        request,
        many=found.rows,
        next_cursor=found.next_cursor,
        done=texts.DONE.get(query.get("done", ""), ""),
        climbed=await climbed_rows(viewer, at=at) if is_first else [],
        asking=asking,
        shelf=await shelf_of(request, query, of_list=LEDGER, by=viewer, refused=refused, form=form),
        status=status_of(refused) if refused else 200,
    )


async def refused_row(
    request: web.Request, *, refused: DomainError, action: str, form: Form
) -> web.StreamResponse:
    """The one row again, with what was typed. Raises `ReportNotFound`."""
    number = request.match_info["number"]
    return await _one_row(request, number=number, refused=refused, action=action, form=form)


async def _one_row(
    request: web.Request,
    *,
    number: str,
    refused: DomainError | None = None,
    action: str = "",
    form: Form | None = None,
) -> web.Response:
    """With what may be done, and what the viewer's own body urged and was answered."""
    viewer, house = viewer_of(request), request.config_dict[HOUSE]
    at = house.clock.now()
    row = await listed_row(viewer, number=number, at=at)
    report = await find_listed(viewer, number=number, at=at)
    asked = await urges_by(viewer.body_code, report=report, house=house)
    urges = [line_of(each, house=house) for each in asked]
    key = report_key(report, house=house)
    drafts = await drafts_of(report, key=key, staff_id=viewer.staff_id)
    typed = shown_of(drafts, key=action, form=form or {})
    return _page(request, one=row, urges=urges, refused=refused, action=action, typed=typed)


def _page(
    request: web.Request,
    *,
    one: LedgerRow | None = None,
    many: Sequence[LedgerRow] = (),
    next_cursor: str | None = None,
    done: str = "",
    climbed: Sequence[LedgerRow] = (),
    urges: Sequence[Line] = (),
    asking: Asking | None = None,
    shelf: Shelf | None = None,
    status: int = 200,
    refused: DomainError | None = None,
    action: str = "",
    typed: Mapping[str, Any] | None = None,
) -> web.Response:
    viewer, house = viewer_of(request), request.config_dict[HOUSE]
    at = house.clock.now()
    county = house.organisation.table.tree.nodes.get(viewer.county_code)
    is_wrong_field = isinstance(refused, FieldWrong)
    return page(
        request,
        "ledger.html",
        status=status_of(refused) if refused else status,
        one=one_row(one, by=viewer, at=at, house=house) if one else None,
        many=many_rows(many, by=viewer, at=at, house=house),
        climbed=climbed,
        urges=urges,
        next_cursor=next_cursor,
        county=county.name if county else "",
        done=done,
        asking=asking,
        shelf=shelf,
        statuses=STATUSES,
        kinds=[(str(kind), kind.label) for kind in Kind],
        referral_choices=(("way", WAYS), ("partner", PARTNERS), ("referral", STATES)),
        conflict="" if is_wrong_field or refused is None else refused.message,
        wrong={(action, refused.field): refused.message} if isinstance(refused, FieldWrong) else {},
        **(typed or shown_of({}, key="", form={})),
        refused_action=action,
    )
