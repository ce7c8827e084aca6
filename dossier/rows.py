"""Rows that hang on a report, sealed under its key: words, bars, decisions."""

import logging
from collections.abc import Mapping
from datetime import datetime

from clients.inserting import insert_together
from dossier.asked import Asked, as_kept
from dossier.lasting import last_anew
from models.choices import Speaker
from models.decision import RoutingDecision
from models.fields import new_id
from models.message import Message
from models.report import Report
from organisation.house import House
from routing.decision import Decision
from vault.keys import DataKey

log = logging.getLogger(__name__)


def report_key(report: Report, *, house: House) -> DataKey:
    return house.vault.key(report.data_key, place=f"report:{report.id}:key")


async def keep_message(
    report: Report,
    *,
    key: DataKey,
    text: str,
    speaker: Speaker,
    at: datetime,
    staff_id: int | None = None,
    leaves_at: datetime | None = None,
) -> Message:
    """With `leaves_at` the reporter sees it from then on. What has ended is kept anew from now."""
    message = message_of(report, key=key, text=text, speaker=speaker, at=at, staff_id=staff_id)
    message.leaves_at = leaves_at
    await insert_together(message)
    await last_anew(report, at=at)
    return message


def message_of(
    report: Report, *, key: DataKey, text: str, speaker: Speaker, at: datetime, staff_id: int | None = None
) -> Message:
    """A row not stored yet, for who inserts it together with others."""
    message_id = new_id()
    return Message.construct(
        id=message_id,
        report_id=report.id,
        speaker=speaker,
        staff_id=staff_id,
        sealed_text=key.seal_text(text, place=f"message:{message_id}:text"),
        said_at=at,
    )


async def keep_decision(
    report: Report,
    *,
    key: DataKey,
    decision: Decision,
    asked: Asked,
    body: str,
    cause: str,
    at: datetime,
    by_id: int | None = None,
    given: Mapping[str, str] | None = None,
) -> str:
    """The id of the stored decision, as `decision_of` makes it."""
    made = decision_of(
        report,
        key=key,
        decision=decision,
        asked=asked,
        body=body,
        cause=cause,
        at=at,
        by_id=by_id,
        given=given,
    )
    await insert_together(made)
    return made.id


def decision_of(
    report: Report,
    *,
    key: DataKey,
    decision: Decision,
    asked: Asked,
    body: str,
    cause: str,
    at: datetime,
    by_id: int | None = None,
    given: Mapping[str, str] | None = None,
) -> RoutingDecision:
    """As `message_of`; `body` is where the report lies now, whatever `decision` says.

    `given` is what the person who moved it gave: reason, authorisation, trigger, and the sending body.
    """
    if decision.failed_rule:
        # for whoever runs the software: the letters room has the report, the rule needs mending
        log.error("rule_failed", extra={"rule": decision.failed_rule})
    decision_id = new_id()
    reasons = {
        "reasons": list(decision.reasons),
        "ruled_out": [{"who": out.who, "name": out.name, "reason": out.reason} for out in decision.ruled_out],
        "asked": as_kept(asked),
        "given": {name: words for name, words in (given or {}).items() if words},
    }
    return RoutingDecision.construct(
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
