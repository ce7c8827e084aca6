"""保管和销毁: what is over its time among what one may see, to propose, to confirm, and how far it has come."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from aiohttp import web
from tortoise.expressions import Q

from access.retention import Count, Limit, count_due, count_waiting, list_awaited, list_due, list_held
from access.tally import EARLIER, tally
from access.viewer import Viewer
from console import texts
from console.callers import Caller, allowed
from console.errors import status_of
from console.forms import read_form
from console.pages import page
from console.reports import viewer_of
from models.choices import Role
from models.errors import DomainError
from models.retention_plan import RetentionPlan
from organisation.house import HOUSE
from retention.confirm import confirm
from retention.propose import propose
from retention.rules import limits, rules_in_force
from retention.terms import rule_in_words
from retention.withdraw import withdraw

HERE: Final = "/console/retention"
SHOWN, LAST = 50, 5
SETTLE: Final = {"confirm": confirm, "withdraw": withdraw}


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A plan that nobody has confirmed, with what of it the viewer sees."""

    plan: RetentionPlan
    counts: Sequence[Count]
    may_confirm: bool


@allowed(Caller.READER)
async def show_retention(request: web.Request) -> web.StreamResponse:
    return await _page(request)


@allowed(Caller.READER)
async def propose_plan(request: web.Request) -> web.StreamResponse:
    await read_form(request)
    house = request.config_dict[HOUSE]
    try:
        await propose(by=viewer_of(request), house=house)
    except DomainError as error:
        return await _page(request, refused=error)
    raise web.HTTPSeeOther(f"{HERE}?done=propose")


@allowed(Caller.READER)
async def settle_plan(request: web.Request) -> web.StreamResponse:
    await read_form(request)
    house, what = request.config_dict[HOUSE], request.match_info["what"]
    try:
        await SETTLE[what](request.match_info["id"], by=viewer_of(request), house=house)
    except DomainError as error:
        return await _page(request, refused=error)
    raise web.HTTPSeeOther(f"{HERE}?done={what}")


async def _page(request: web.Request, *, refused: DomainError | None = None) -> web.Response:
    viewer, house = viewer_of(request), request.config_dict[HOUSE]
    at = house.clock.now()
    over = await limits(at=at)
    due = await count_due(viewer, limits=over)
    return page(
        request,
        "retention.html",
        status=status_of(refused) if refused else 200,
        refused=refused.message if refused else "",
        done=texts.RETENTION_DONE.get(request.query.get("done", ""), ""),
        over=_by_kind(due),
        total=sum(one.many for one in due),
        rows=await list_due(viewer, limits=over, limit=SHOWN),
        waiting=await _waiting(viewer, over=over),
        own=await _own(viewer),
        held=await list_held(viewer, limit=SHOWN),
        awaited=await list_awaited(viewer, limits=over, limit=SHOWN),
        figures=_figures(await tally(viewer, at=at, timezone=house.timezone)),
        rules=[rule_in_words(rule) for rule in await rules_in_force()],
    )


async def _waiting(viewer: Viewer, *, over: Sequence[Limit]) -> list[Waiting]:
    counts = await count_waiting(viewer, limits=over)
    plans = (
        await RetentionPlan.filter(id__in=list(counts)).order_by("proposed_at").select_related("proposed_by")
    )
    is_leader = viewer.role == Role.LEADER
    return [
        Waiting(
            plan=plan,
            counts=_by_kind(counts[plan.id]),
            may_confirm=is_leader and bool(counts[plan.id]) and plan.proposed_by_id != viewer.staff_id,
        )
        for plan in plans
    ]


async def _own(viewer: Viewer) -> Sequence[RetentionPlan]:
    """Confirmed ones, for the two who agreed on them alone: how many went tells others of reports they may not see."""
    mine = Q(proposed_by_id=viewer.staff_id) | Q(confirmed_by_id=viewer.staff_id)
    return await RetentionPlan.filter(mine, confirmed_at__isnull=False).order_by("-confirmed_at").limit(LAST)


def _by_kind(counts: Iterable[Count]) -> list[Count]:
    return sorted(counts, key=lambda one: (one.status, one.kind))


def _figures(found: Iterable[Any]) -> Mapping[str, Mapping[tuple[str, str], int]]:
    """Year in words → kind and status → how many."""
    years: dict[str, dict[tuple[str, str], int]] = {}
    for one in found:
        year = texts.EARLIER_YEARS if one.year == EARLIER else texts.YEAR.format(year=one.year)
        years.setdefault(year, {})[one.kind, one.status] = one.many
    return years
