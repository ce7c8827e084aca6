"""A decision made again for the leader who answers for the report; only the look itself is kept, as an event."""

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from access.reports import ReportNotFound, find_report
from access.viewer import Viewer
from console import texts
from console.callers import Caller, allowed
from console.pages import page
from console.reports import viewer_of
from console.why import Out, out_for, reasons_of
from dossier.hanging import hanging_on
from dossier.replaying import Replay, replay
from dossier.rows import report_key
from models.choices import Role
from organisation.house import HOUSE
from routing.decision import Decision
from routing.table import RoutingTable
from vault.log import record


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A decision made again; `agrees` when body and rule are those of the stored one."""

    body: str
    rule: str
    words: Sequence[str]
    out: Sequence[Out]
    agrees: bool


@allowed(Caller.READER)
async def show_replay(request: web.Request) -> web.StreamResponse:
    viewer, house = viewer_of(request), request.config_dict[HOUSE]
    report = await find_report(viewer, number=request.match_info["number"])
    if viewer.role != Role.LEADER:
        raise ReportNotFound
    key, table = report_key(report, house=house), house.organisation.table
    found = await replay(report, decision_id=request.match_info["id"], key=key, table=table)
    await record(
        "decision.replay",
        by=viewer.actor,
        at=house.clock.now(),
        report_id=report.id,
        object_id=found.stored.id,
    )
    decisions = (await hanging_on(report)).decisions
    stored = reasons_of(decisions, key=key, viewer=viewer, table=table)
    return page(
        request,
        "replay.html",
        number=report.number,
        stored=next(each for each in stored if each.id == found.stored.id),
        is_same=found.then_table is table,
        then=_made(found, found.then, agrees=found.agrees_then, table=found.then_table, viewer=viewer),
        now=_made(found, found.now, agrees=found.agrees_now, table=table, viewer=viewer),
    )


def _made(found: Replay, decision: Decision, *, agrees: bool, table: RoutingTable, viewer: Viewer) -> Made:
    return Made(
        body=table.name_of(f"body:{decision.body or found.stored.body_id}"),
        rule=texts.RULES.get(decision.rule, ""),
        words=decision.reasons,
        out=out_for(viewer, decision.ruled_out, table=table),
        agrees=agrees,
    )
