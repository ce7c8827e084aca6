"""Rows that hang on a report, sealed under its key: words, bars, decisions."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from models.choices import BarCause, Speaker
from models.decision import RoutingDecision
from models.fields import new_id
from models.message import Message
from models.report import Report
from models.report_bar import ReportBar
from organisation.house import House
from routing.conflicts import Conflicts
from routing.decision import Decision
from vault.keys import DataKey


def report_key(report: Report, *, house: House) -> DataKey:
    return house.vault.key(report.data_key, place=f"report:{report.id}:key")


async def keep_message(
    report: Report, *, key: DataKey, text: str, speaker: Speaker, at: datetime, staff_id: int | None = None
) -> Message:
    message_id = new_id()
    return await Message.create(
        id=message_id,
        report_id=report.id,
        speaker=speaker,
        staff_id=staff_id,
        sealed_text=key.seal_text(text, place=f"message:{message_id}:text"),
        said_at=at,
    )


def everyone_in(conflicts: Conflicts) -> dict[str, str]:
    """Person keys and `body:<code>`, each with the reason in words."""
    return {**conflicts.people, **{f"body:{code}": why for code, why in conflicts.bodies.items()}}


async def keep_bars(
    report: Report,
    *,
    key: DataKey,
    reasons: Mapping[str, str],
    causes: Mapping[str, str],
    at: datetime,
    known: Iterable[str] = (),
) -> int:
    """Bars everybody of `reasons` (person key or `body:<code>` → words) who is not `known` to be barred.

    Answers how many were barred anew.
    """
    barred = set(known)
    bars = [
        _bar(report, who=who, reason=why, cause=BarCause(causes.get(who, "recusal")), key=key, at=at)
        for who, why in reasons.items()
        if who not in barred
    ]
    if bars:
        await ReportBar.bulk_create(bars)
    return len(bars)


def _bar(report: Report, *, who: str, reason: str, cause: BarCause, key: DataKey, at: datetime) -> ReportBar:
    bar_id = new_id()
    kind, _, value = who.partition(":")
    return ReportBar(
        id=bar_id,
        report_id=report.id,
        staff_id=int(value) if kind == "staff" else None,
        liaison_id=int(value) if kind == "liaison" else None,
        body_id=value if kind == "body" else None,
        cause=cause,
        sealed_reason=key.seal_text(reason, place=f"report_bar:{bar_id}:reason"),
        since_at=at,
    )


async def keep_decision(
    report: Report,
    *,
    key: DataKey,
    decision: Decision,
    body: str,
    cause: str,
    at: datetime,
    by_id: int | None = None,
) -> str:
    """The id of the stored decision; `body` is where the report lies now, whatever `decision` says."""
    decision_id = new_id()
    reasons = {
        "reasons": list(decision.reasons),
        "ruled_out": [{"who": out.who, "name": out.name, "reason": out.reason} for out in decision.ruled_out],
    }
    await RoutingDecision.create(
        id=decision_id,
        report_id=report.id,
        body_id=body,
        rule=decision.rule,
        cause=cause,
        sealed_reasons=key.seal_json(reasons, place=f"routing_decision:{decision_id}:reasons"),
        table_version=decision.table_version,
        by_id=by_id,
        decided_at=at,
    )
    return decision_id
