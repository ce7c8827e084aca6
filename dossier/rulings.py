"""A report decided again: who is out by now, which body answers for it, and the hand-over."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from dossier import texts
from dossier.asked import Asked, answer
from dossier.bars import barred_from, everyone_in, keep_bars
from dossier.drafts import drop_of_body
from dossier.facts import facts_of
from dossier.notices import tell_new_owner, tell_reporter_moved
from dossier.quarantine import leave_quarantine
from dossier.records import void_open
from dossier.rows import keep_decision
from dossier.turns import after_last, due_to_accept, turns_of
from models.choices import RecordKind, Status
from models.report import Report
from organisation.clocks import clocks_of
from organisation.house import House
from routing.conflicts import Conflicts
from routing.decide import explain_recused
from routing.decision import Decision
from routing.directions import why_not
from routing.table import RoutingTable
from vault.keys import DataKey

ENDED = """accepted_at concluded_at fed_back_at disposition approver_id rated_at extended_at paused_at question_id
    urge_due_at""".split()
MOVED = [*ENDED, *"owner_id handler_id status owned_at due_at matched_version overdue_level".split()]

BEGUN_ANEW = (RecordKind.PROPOSAL, RecordKind.PAUSE, RecordKind.URGE, RecordKind.QUESTION)
"""What waited in the hands it was taken from, and waits no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """`body` answers for the report from now on; `decision` says why."""

    asked: Asked
    conflicts: Conflicts
    decision: Decision
    body: str


async def decide_again(report: Report, *, key: DataKey, table: RoutingTable) -> Ruling:
    """The body keeps the report while it has a handler and a leader free of conflict; else routing decides."""
    before = {turn.body for turn in await turns_of(report, key=key)} - {report.owner_id}
    asked = Asked(
        facts=await facts_of(report, key=key),
        holder=report.owner_id,
        once=dict.fromkeys(before, texts.HAD_BEFORE),
    )
    return _ruling(asked, table=table)


async def decide_onward(
    report: Report, *, key: DataKey, table: RoutingTable, but: Mapping[str, str], trigger: str = ""
) -> Ruling | None:
    """Where routing sends it when the bodies of `but` (code → why) are out this once; they are not barred.

    None when nobody else may have it.
    """
    facts = await facts_of(report, key=key)
    # somebody has heard it by now: that it came without words sends it nowhere any more
    onward = replace(facts, zone_trigger=trigger or None, has_words=True)
    ruling = _ruling(Asked(facts=onward, once=but), table=table)
    if ruling.decision.body is None or ruling.body in but:
        return await decide_by_hand(report, key=key, table=table, but=but)
    return ruling


async def decide_by_hand(
    report: Report, *, key: DataKey, table: RoutingTable, but: Mapping[str, str]
) -> Ruling | None:
    """As `decide_onward`, straight to the people who decide what no rule settles (domain.md §4.6)."""
    ruling = _ruling(Asked(facts=await facts_of(report, key=key), once=but, is_by_hand=True), table=table)
    return None if ruling.decision.body is None or ruling.body in but else ruling


async def decide_directed(
    report: Report, *, key: DataKey, table: RoutingTable, to: str, direction: str
) -> Ruling | str:
    """As a person named the body, or in words why it cannot have the matter."""
    facts = replace(await facts_of(report, key=key), direction=direction, directed_to=to)
    return why_not(facts, table) or _ruling(Asked(facts=facts), table=table)


def _ruling(asked: Asked, *, table: RoutingTable) -> Ruling:
    decision = answer(asked, table)
    return Ruling(
        asked=asked,
        conflicts=explain_recused(asked.facts, table),
        decision=decision,
        body=decision.body or asked.holder,
    )


async def hand_over(
    report: Report,
    *,
    ruling: Ruling,
    key: DataKey,
    cause: str,
    house: House,
    at: datetime,
    by_id: int | None = None,
    given: Mapping[str, str] | None = None,
) -> None:
    """Bars whoever the matching found since, moves the report, tells its new owner and the reporter."""
    await bar_found(report, conflicts=ruling.conflicts, key=key, house=house, at=at)
    turns = await turns_of(report, key=key)
    at = after_last(turns, at=at)
    has_moved = ruling.body != report.owner_id
    if has_moved:
        await drop_of_body(report, body=report.owner_id)
    due_at = due_to_accept(turns, body=ruling.body, at=at, clocks=clocks_of(report.region_id, house=house))
    await _move(report, ruling=ruling, due_at=due_at, at=at)
    await void_open(report, kinds=BEGUN_ANEW, at=at)
    decision_id = await keep_decision(
        report,
        key=key,
        decision=ruling.decision,
        asked=ruling.asked,
        body=ruling.body,
        cause=cause,
        by_id=by_id,
        given=given,
        at=at,
    )
    if has_moved:
        await leave_quarantine(report, at=at)
        await tell_new_owner(report, decision_id=decision_id, key=key, house=house, at=at)
        await tell_reporter_moved(report, key=key, house=house, at=at)


async def bar_found(report: Report, *, conflicts: Conflicts, key: DataKey, house: House, at: datetime) -> int:
    """Bars everybody in conflict from whom the report is not hidden yet; answers how many."""
    known = await barred_from(report, key=key)
    holder = f"body:{report.owner_id}"
    is_spared = (
        holder not in known
        and conflicts.causes.get(holder) == "match"
        and await _is_last(report, key=key, house=house)
    )
    return await keep_bars(
        report,
        key=key,
        reasons=everyone_in(conflicts),
        causes=conflicts.causes,
        # words that may mean the only body that may have it would else hide it from everybody there is
        known=known | {holder} if is_spared else known,
        house=house,
        at=at,
    )


async def _is_last(report: Report, *, key: DataKey, house: House) -> bool:
    """Whether the body has to let go of the report by now, and nobody else may have it."""
    ruling = await decide_again(report, key=key, table=house.organisation.table)
    return ruling.decision.body is None


async def _move(report: Report, *, ruling: Ruling, due_at: datetime, at: datetime) -> None:
    if ruling.body == report.owner_id:
        # a recusal must not buy the same body more time
        due_at = min(due_at, report.due_at or due_at)
    else:
        report.owned_at = at
    report.owner_id = ruling.body
    report.handler_id = None
    report.status = Status.RECEIVED
    report.update_from_dict(dict.fromkeys(ENDED) | {"overdue_level": 0, "due_at": due_at})
    report.matched_version = max(report.matched_version, ruling.decision.table_version)
    await report.save(update_fields=MOVED)
