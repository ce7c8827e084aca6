"""A report decided again: who is out by now, which body answers for it, and the hand-over."""

from dataclasses import dataclass, replace
from datetime import datetime

from dossier import texts
from dossier.bars import barred_from, everyone_in, keep_bars
from dossier.facts import facts_of
from dossier.notices import tell_new_owner
from dossier.rows import keep_decision
from models.choices import Status
from models.report import Report
from organisation.house import House
from organisation.working_days import add_working_days
from routing.conflicts import Conflicts
from routing.decide import decide, explain_recused
from routing.decision import Decision
from routing.facts import Facts
from routing.table import RoutingTable
from vault.keys import DataKey

DAYS_TO_ACCEPT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """`body` answers for the report from now on; `decision` says why."""

    facts: Facts
    conflicts: Conflicts
    decision: Decision
    body: str


async def decide_again(report: Report, *, key: DataKey, table: RoutingTable) -> Ruling:
    """The body keeps the report while it has a handler and a leader free of conflict; else routing decides."""
    facts = await facts_of(report, key=key)
    conflicts = explain_recused(facts, table)
    decision = decide(facts, table)
    name = table.name_of(f"body:{report.owner_id}")
    if conflicts.why_out(report.owner_id, table) is None:
        reasons: tuple[str, ...] = (texts.KEPT.format(body=name),)
        decision = replace(decision, body=report.owner_id, rule="kept", reasons=reasons)
    elif decision.body is None:
        # nobody in the prefecture is free: it stays where it lies, without those recused
        decision = replace(decision, reasons=(*decision.reasons, texts.STRANDED.format(body=name)))
    else:
        decision = replace(decision, reasons=(texts.DECIDED_AGAIN, *decision.reasons))
    return Ruling(facts=facts, conflicts=conflicts, decision=decision, body=decision.body or report.owner_id)


async def hand_over(
    report: Report,
    *,
    ruling: Ruling,
    key: DataKey,
    cause: str,
    house: House,
    at: datetime,
    by_id: int | None = None,
) -> None:
    """Bars whoever the matching found since, moves the report and tells its new owner."""
    await bar_found(report, conflicts=ruling.conflicts, key=key, house=house, at=at)
    has_moved = ruling.body != report.owner_id
    await _move(report, ruling=ruling, house=house, at=at)
    decision_id = await keep_decision(
        report, key=key, decision=ruling.decision, body=ruling.body, cause=cause, by_id=by_id, at=at
    )
    if has_moved:
        await tell_new_owner(report, decision_id=decision_id, key=key, house=house, at=at)


async def bar_found(report: Report, *, conflicts: Conflicts, key: DataKey, house: House, at: datetime) -> int:
    """Bars everybody in conflict from whom the report is not hidden yet; answers how many."""
    return await keep_bars(
        report,
        key=key,
        reasons=everyone_in(conflicts),
        causes=conflicts.causes,
        known=await barred_from(report, key=key),
        house=house,
        at=at,
    )


async def _move(report: Report, *, ruling: Ruling, house: House, at: datetime) -> None:
    due_at = add_working_days(at, days=DAYS_TO_ACCEPT, timezone=house.timezone)
    if ruling.body == report.owner_id:
        # a recusal must not buy the same body more time
        due_at = min(due_at, report.due_at or due_at)
    else:
        report.owned_at = at
    report.owner_id = ruling.body
    report.handler_id = None
    report.status = Status.RECEIVED
    report.accepted_at = None
    report.due_at = due_at
    report.matched_version = max(report.matched_version, ruling.decision.table_version)
    await report.save(
        update_fields=[
            "owner_id", "handler_id", "status", "accepted_at", "owned_at", "due_at", "matched_version"
        ]
    )  # fmt: skip
