"""小信封, 热板凳, 12388: what staff took down for somebody becomes a report like any other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from tortoise.transactions import in_transaction

from access.own import reports_of
from access.viewer import Viewer
from dossier.referrals import keep_referral
from dossier.rows import report_key
from intake.attachments import store_upload
from intake.draft import Draft, Filed, Identity
from intake.errors import AreaWithoutCode, DraftEmpty, EnteredBefore
from intake.submit import facts_of, rule_on, submit
from models.choices import Channel, EntryStatus, Purpose
from models.entry_code import EntryCode
from models.report import Report
from models.terms import Partner, ReferralWay
from organisation.house import House
from routing.facts import Subject
from vault.log import record

SAME_SECONDS = 600
BY_STAFF = (Channel.LETTER, Channel.VISIT, Channel.CALL, Channel.REFERRED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """移送机关: the authority that sent a matter here, and until when it wants to hear the result."""

    partner: Partner
    office: str
    reference: str
    sent_at: datetime
    result_due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """`scans` are files as they were uploaded; `sender` is there for what another authority sent, and only then."""

    channel: Channel
    region: str
    area: str
    level: str
    text: str
    identity: Identity | None
    subject: Subject | None
    avoid: frozenset[str]
    scans: Sequence[bytes]
    sender: Sender | None = None


async def enter(paper: Paper, *, by: Viewer, house: House) -> Filed:
    """`by` is who took it down; where it goes is theirs to know no more than anybody's. Wake "outbox" afterwards.

    Raises `AreaWithoutCode`, `EnteredBefore`, `AttachmentRefused` or what `submit` raises; nothing is stored then.
    """
    entry = await EntryCode.filter(
        region_id=paper.region, area_id=paper.area, purpose=Purpose.REPORT, status=EntryStatus.ACTIVE
    ).first()
    if entry is None:
        raise AreaWithoutCode
    person = house.vault.index("paper", _once(paper, by=by.actor, at=house.clock.now()))
    if await reports_of(person, limit=1):
        raise EnteredBefore
    draft = _draft(paper, entry=entry, person_index=person)
    if not paper.text and not paper.scans:
        raise DraftEmpty
    # before a scan is kept: a matter that is not ours leaves nothing behind
    rule_on(await facts_of(draft), table=house.organisation.table)
    scans = [await store_upload(each, house=house, session_index=person) for each in paper.scans]
    async with in_transaction():
        kept = _draft(paper, entry=entry, person_index=person, attachments=tuple(row.id for row in scans))
        filed = await submit(kept, house=house)
        if paper.sender is not None:
            await _keep_sender(paper.sender, report_id=filed.report_id, by=by, house=house)
        await record(
            "report.enter",
            by=by.actor,
            at=house.clock.now(),
            report_id=filed.report_id,
            data={"channel": str(paper.channel)},
        )
    return filed


async def _keep_sender(sender: Sender, *, report_id: str, by: Viewer, house: House) -> None:
    report = await Report.get(id=report_id)
    await keep_referral(
        report,
        way=ReferralWay.IN,
        partner=sender.partner,
        sent={"office": sender.office, "reference": sender.reference},
        sent_at=sender.sent_at,
        due_at=sender.result_due_at,
        result_due_at=sender.result_due_at,
        body=by.body_code,
        by_id=by.staff_id,
        key=report_key(report, house=house),
        at=house.clock.now(),
    )


def _once(paper: Paper, *, by: str, at: datetime) -> str:
    """The same form sent again by the same person within ten minutes is the same paper."""
    words = replace(paper, scans=(), avoid=frozenset())
    said = sha256(f"{words} {sorted(paper.avoid)}".encode())
    for scan in paper.scans:
        said.update(sha256(scan).digest())
    return f"{by} {int(at.timestamp() // SAME_SECONDS)} {said.hexdigest()}"


def _draft(paper: Paper, *, entry: EntryCode, person_index: str, attachments: tuple[str, ...] = ()) -> Draft:
    return Draft(
        entry=entry,
        level=paper.level,
        text=paper.text,
        channel=paper.channel,
        person_index=person_index,
        identity=paper.identity,
        subject=paper.subject,
        avoid=paper.avoid,
        attachments=attachments,
    )
