"""Whose turn it was: the bodies a report has lain with, one after another, and the time each has left."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from models.decision import RoutingDecision
from models.report import Report
from organisation.clocks import Clocks
from vault.keys import DataKey

PASSED_ON = ("transfer", "return")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """From `since` on the report lay with `body`; `sender` is the body that moved it there, if a body did."""

    body: str
    since: datetime
    cause: str
    sender: str


async def turns_of(report: Report, *, key: DataKey) -> list[Turn]:
    """In their order; decisions that left the report where it was begin no turn."""
    turns: list[Turn] = []
    for row in await RoutingDecision.filter(report_id=report.id).order_by("decided_at", "id"):
        if turns and turns[-1].body == row.body_id:
            continue
        kept = key.open_json(row.sealed_reasons, place=f"routing_decision:{row.id}:reasons")
        sender = kept.get("given", {}).get("sender", "")
        turns.append(Turn(body=row.body_id, since=row.decided_at, cause=row.cause, sender=sender))
    return turns


def passed_on_by(turns: list[Turn]) -> set[str]:
    """Bodies that have handed the report on themselves."""
    return {turn.sender for turn in turns if turn.cause in PASSED_ON and turn.sender}


def due_to_accept(turns: list[Turn], *, body: str, at: datetime, clocks: Clocks) -> datetime:
    """The end of the working days that `body` has left: going back and forth buys nobody time, one day at least."""
    used = 0
    for turn, following in zip(turns, [*turns[1:], None], strict=True):
        if turn.body == body and following is not None:
            days = (moment.astimezone(clocks.timezone).date() for moment in (turn.since, following.since))
            used += clocks.calendar.working_days_between(*days)
    return clocks.to_accept_by(at, used=used)


def after_last(turns: list[Turn], *, at: datetime) -> datetime:
    """A moment later than every decision before, whatever the clock did."""
    return max(at, turns[-1].since + timedelta(milliseconds=1)) if turns else at


async def is_zone_case(report: Report, *, key: DataKey) -> bool:
    """Whether it came to the body that has it by one of the four triggers (片区办理), or to be handled across."""
    async for row in RoutingDecision.filter(report_id=report.id).order_by("-decided_at", "-id"):
        if row.body_id != report.owner_id:
            return False
        kept = key.open_json(row.sealed_reasons, place=f"routing_decision:{row.id}:reasons")
        if row.cause == "cross" or kept.get("given", {}).get("trigger"):
            return True
    return False
