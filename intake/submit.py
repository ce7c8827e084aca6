"""The whole journey of a report, from a draft to the notices that will tell of it, in one transaction."""

from dataclasses import dataclass
from datetime import datetime

from tortoise.transactions import in_transaction

from clients.inserting import insert_together
from dossier.asked import Asked
from dossier.bars import everyone_in, keep_bars
from dossier.lasting import last_anew
from dossier.rows import decision_of, message_of
from intake.attachments import link_attachments
from intake.draft import Draft, Filed
from intake.errors import AppealUnknown, CodeRetired, DraftEmpty, OutsideJurisdiction
from intake.floods import aside_until, tell_or_hold
from intake.keeping import report_of
from intake.notices import recipients_of
from models.choices import Channel, EntryStatus, Speaker
from models.decision import RoutingDecision
from models.event import Event
from models.report import Report
from organisation.house import House
from organisation.receipts import make_number, make_receipt
from routing.conflicts import Conflicts
from routing.decide import decide, explain_recused
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


async def submit(draft: Draft, *, house: House) -> Filed:
    """Files `draft`; wake "outbox" once the surrounding transaction is committed.

    Raises `DraftEmpty`, `CodeRetired`, `AppealUnknown`, `OutsideJurisdiction` or what `link_attachments`
    raises; nothing is stored then.
    """
    check(draft)
    at = house.clock.now()
    ruling = rule_on(await facts_of(draft), table=house.organisation.table)
    receipt = make_receipt()
    report, key = report_of(
        draft,
        number=make_number(),
        receipt=receipt,
        owner=str(ruling.decision.body),
        version=ruling.decision.table_version,
        at=at,
        house=house,
    )
    report.quarantined_until = await aside_until(draft, owner=report.owner_id, at=at, house=house)
    message = message_of(report, key=key, text=draft.text, speaker=Speaker.ME, at=at)
    decision = decision_filed(report, ruling=ruling, key=key, at=at)
    async with in_transaction():
        await insert_together(
            report, message, decision, *filing_events(report, decision=ruling.decision, at=at)
        )
        await link_attachments(
            draft.attachments,
            report=report,
            key=key,
            message=message,
            house=house,
            conversation_id=draft.conversation_id,
            session_index=None if draft.channel is Channel.CHAT else draft.person_index,
        )
        await keep_appealed(draft, at=at)
        conflicts = ruling.conflicts
        await keep_bars(
            report, key=key, reasons=everyone_in(conflicts), causes=conflicts.causes, house=house, at=at
        )
        told = await recipients_of(
            report, decision_id=decision.id, decision=ruling.decision, conflicts=conflicts
        )
        await tell_or_hold(told, report=report, key=key, house=house, at=at)
    return Filed(report_id=report.id, number=report.number, receipt=receipt, status=str(report.status))


def check(draft: Draft) -> None:
    if not draft.text.strip() and not draft.attachments:
        raise DraftEmpty
    if draft.entry.status is not EntryStatus.ACTIVE:
        raise CodeRetired


async def facts_of(draft: Draft) -> Facts:
    return Facts(
        region_code=draft.entry.region_id,
        area_code=draft.entry.area_id,
        purpose=str(draft.entry.purpose),
        level=draft.level,
        subject=draft.subject,
        text=draft.text,
        has_words=draft.has_words and bool(draft.text.strip()),
        appeal_of=await deciding_body(draft),
        avoid=draft.avoid,
    )


async def deciding_body(draft: Draft) -> str | None:
    """The body that decided the matter appealed against; only one's own report can be appealed."""
    if draft.appeal_of is None:
        return None
    return (await appealed_in(draft, number=draft.appeal_of)).owner_id


async def keep_appealed(draft: Draft, *, at: datetime) -> None:
    """Were it destroyed, nobody would know any more which body must not have the appeal."""
    if draft.appeal_of is not None:
        await last_anew(await appealed_in(draft, number=draft.appeal_of), at=at)


async def appealed_in(draft: Draft, *, number: str) -> Report:
    appealed = await Report.get_or_none(number=number, reporter_index=draft.person_index)
    if appealed is None:
        raise AppealUnknown
    return appealed


def rule_on(facts: Facts, *, table: RoutingTable) -> Ruling:
    decision = decide(facts, table)
    if decision.body is None:
        raise OutsideJurisdiction
    return Ruling(facts=facts, decision=decision, conflicts=explain_recused(facts, table))


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
