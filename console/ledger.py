"""The ledger: numbers and clocks, nothing to open, and what a body above may do with a row.

A page of rows carries no forms, which would make most of it: `?number=` asks for one row with what may be done.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from access.ledger import LedgerRow, climbed_rows, find_listed, list_ledger, listed_row
from access.viewer import Viewer
from casework.errors import FieldWrong
from casework.targets import Options, listed_options
from casework.transitions import is_legal, part_of
from console import texts
from console.callers import Caller, allowed
from console.clocks import Mark
from console.drafted import shown_of
from console.errors import status_of
from console.filters.kept import LEDGER
from console.filters.shelf import Shelf, narrowed_by, shelf_of
from console.forms import Form, read_query
from console.ledger_asking import Asking, asking_of
from console.pages import page
from console.passed_on import PARTNERS, STATES, WAYS, in_words, mark_of
from console.records import Line, line_of
from console.reports import STATUSES, viewer_of
from dossier.drafts import drafts_of
from dossier.rows import report_key
from dossier.urging import urges_by
from models.choices import Kind, Status
from models.errors import DomainError
from organisation.house import HOUSE, House
from vault.log import record

OFFERED = ("urge", "lift", "assign-down", "cross")
NAMES_NO_BODY = ("urge", "lift")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A row with the actions legal on it; on a page of its own those offered, and the bodies each may name.

    `referrals` are in words, each with what is left of its time.
    """

    row: LedgerRow
    referrals: Sequence[tuple[str, Mark | None]]
    may: Sequence[str]
    bodies: Mapping[str, Options]


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
        rows=found.rows,
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
    return _page(request, rows=[row], is_one=True, urges=urges, refused=refused, action=action, typed=typed)


def _page(
    request: web.Request,
    *,
    rows: Sequence[LedgerRow],
    is_one: bool = False,
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
    county = house.organisation.table.tree.nodes.get(viewer.county_code)
    may = {status: _legal(Status(status), by=viewer) for status in {row.status for row in rows}}
    is_wrong_field = isinstance(refused, FieldWrong)
    return page(
        request,
        "ledger.html",
        status=status_of(refused) if refused else status,
        shown=[_shown(row, may=may[row.status], viewer=viewer, house=house, is_one=is_one) for row in rows],
        is_one=is_one,
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


def _legal(status: Status, *, by: Viewer) -> Sequence[str]:
    return [name for name in OFFERED if is_legal(name, status=status, role=part_of(by, action=name))]


def _shown(row: LedgerRow, *, may: Sequence[str], viewer: Viewer, house: House, is_one: bool) -> Shown:
    if row.owner_code == viewer.body_code:
        may = []
    bodies: dict[str, Options] = {}
    if is_one:
        table = house.organisation.table
        bodies = {
            name: listed_options(row.owner_code, action=name, by=viewer, table=table)
            for name in may
            if name not in NAMES_NO_BODY
        }
        may = [name for name in may if name in NAMES_NO_BODY or bodies[name]]
    referrals = [(in_words(each, house=house), mark_of(each.due_at, house=house)) for each in row.referrals]
    return Shown(row=row, referrals=referrals, may=may, bodies=bodies)
