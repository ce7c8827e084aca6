"""The whole journey of a report, from a draft to the notices that will tell of it, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from clients.database import one_transaction
from clients.inserting import inserts
from clients.writes import Write, write
from dossier.asked import Asked
from dossier.bars import bars_against, everyone_in
from dossier.lasting import last_anew
from dossier.rows import decision_of, message_of
from intake.draft import Draft, Filed
from intake.errors import AppealUnknown, CodeRetired, DraftEmpty, OutsideJurisdiction
from intake.floods import flood_notices
from intake.keeping import report_of
from intake.linking import hold_attachments, links
from intake.looking import Moment, look
from intake.notices import recipients_of
from models.choices import Channel, EntryStatus, Speaker
from models.decision import RoutingDecision
from models.event import Event
from models.report import Report
from organisation.house import House
from organisation.receipts import make_number, make_receipt
from routing.conflicts import Conflicts
from routing.decide import decide_and_explain
from routing.decision import Decision
from routing.facts import Facts
from routing.table import RoutingTable
from vault.keys import DataKey
from vault.log import event_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What routing said of one draft: the facts, who answers for it, and who must never see it."""

    facts: Facts
    decision: Decision
    conflicts: Conflicts


async def submit(
    draft: Draft, *, house: House, ruling: Ruling | None = None, along: Sequence[Write] = ()
) -> Filed:
    """Files `draft`; wake "outbox" once the surrounding transaction is committed.

    `ruling` is of this draft, from whoever had to ask before. `along` are a door's own writes, in the same trip.
    Raises `DraftEmpty`, `CodeRetired`, `AppealUnknown`, `OutsideJurisdiction` or `AttachmentUnknown`; nothing is
    stored then, also where the surrounding transaction goes on.
    """
    check(draft)
    at, table = house.clock.now(), house.organisation.table
    if ruling is None or ruling.decision.table_version != table.version:
        ruling = rule_on(await facts_of(draft), table=table)
    async with one_transaction():
        # whatever may refuse comes before what writes
        appealed = await appealed_by(draft)
        held = await hold_attachments(
            draft.attachments,
            conversation_id=draft.conversation_id,
            session_index=None if draft.channel is Channel.CHAT else draft.person_index,
        )
        moment = await look(draft, decision=ruling.decision, at=at, house=house)
        filed, writes = await filing(draft, ruling=ruling, moment=moment, held=held, at=at, house=house)
        await write(*writes, *along)
        if appealed is not None:
            # were it destroyed, nobody would know any more which body must not have the appeal
            await last_anew(appealed, at=at)
    return filed


async def filing(
    draft: Draft, *, ruling: Ruling, moment: Moment, held: Sequence[Any], at: datetime, house: House
) -> tuple[Filed, list[Write]]:
    """What the reporter is told, and everything that is stored, sealed."""
    decision, conflicts = ruling.decision, ruling.conflicts
    number, receipt = make_number(), make_receipt()
    report, key = report_of(
        draft, decision=decision, moment=moment, number=number, receipt=receipt, at=at, house=house
    )
    message = message_of(report, key=key, text=draft.text, speaker=Speaker.ME, at=at)
    decided = decision_filed(report, ruling=ruling, key=key, at=at)
    events = filing_events(report, decision=decision, at=at)
    bars = bars_against(
        everyone_in(conflicts), report=report, key=key, causes=conflicts.causes, house=house, at=at
    )
    told = await recipients_of(
        report, decision_id=decided.id, decision=decision, conflicts=conflicts, moment=moment
    )
    writes = [
        *inserts(report, message, decided, *events, *bars),
        links(held, report=report, key=key, message=message, house=house),
        *flood_notices(told, report=report, key=key, house=house, at=at),
    ]
    return Filed(report_id=report.id, number=number, receipt=receipt, status=str(report.status)), writes


def check(draft: Draft) -> None:
    if not draft.text.strip() and not draft.attachments:
        raise DraftEmpty
    if draft.entry.status is not EntryStatus.ACTIVE:
        raise CodeRetired


async def facts_of(draft: Draft) -> Facts:
    appealed = await appealed_by(draft)
    return Facts(
        region_code=draft.entry.region_id,
        area_code=draft.entry.area_id,
        purpose=str(draft.entry.purpose),
        level=draft.level,
        subject=draft.subject,
        text=draft.text,
        has_words=draft.has_words and bool(draft.text.strip()),
        # the body that decided the matter
        appeal_of=appealed.owner_id if appealed else None,
        avoid=draft.avoid,
    )


async def appealed_by(draft: Draft) -> Report | None:
    """Only one's own report can be appealed."""
    if draft.appeal_of is None:
        return None
    appealed = await Report.get_or_none(number=draft.appeal_of, reporter_index=draft.person_index)
    if appealed is None:
        raise AppealUnknown
    return appealed


def rule_on(facts: Facts, *, table: RoutingTable) -> Ruling:
    decision, conflicts = decide_and_explain(facts, table)
    if decision.body is None:
        raise OutsideJurisdiction
    return Ruling(facts=facts, decision=decision, conflicts=conflicts)


def decision_filed(report: Report, *, ruling: Ruling, key: DataKey, at: datetime) -> RoutingDecision:
    return decision_of(
        report,
        key=key,
        decision=ruling.decision,
        asked=Asked(facts=ruling.facts),
        body=report.owner_id,
        cause="filed",
        at=at,
    )


def filing_events(report: Report, *, decision: Decision, at: datetime) -> list[Event]:
    """They tell where the report went and by which rule; who reported stands nowhere in the log."""
    filed = event_of(
        "report.file",
        by="reporter",
        at=at,
        report_id=report.id,
        data={"body": decision.body, "rule": decision.rule, "failed_rule": decision.failed_rule},
    )
    if report.quarantined_until is None:
        return [filed]
    return [filed, event_of("report.quarantine", by="system", at=at, report_id=report.id)]
