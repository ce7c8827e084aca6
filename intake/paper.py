"""小信封, 热板凳, 12388: what staff took down for somebody becomes a report like any other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from tortoise.transactions import in_transaction

from access.own import reports_of
from intake.attachments import store_upload
from intake.draft import Draft, Filed, Identity
from intake.errors import AreaWithoutCode, DraftEmpty, EnteredBefore
from intake.submit import facts_of, rule_on, submit
from models.choices import Channel, EntryStatus, Purpose
from models.entry_code import EntryCode
from organisation.house import House
from routing.facts import Subject
from vault.log import record

SAME_SECONDS = 600
BY_STAFF = (Channel.LETTER, Channel.VISIT, Channel.CALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """`scans` are files as they were uploaded."""

    channel: Channel
    region: str
    area: str
    level: str
    text: str
    identity: Identity | None
    subject: Subject | None
    avoid: frozenset[str]
    scans: Sequence[bytes]


async def enter(paper: Paper, *, by: str, house: House) -> Filed:
    """`by` is who took it down; where it goes is theirs to know no more than anybody's. Wake "outbox" afterwards.

    Raises `AreaWithoutCode`, `EnteredBefore`, `AttachmentRefused` or what `submit` raises; nothing is stored then.
    """
    entry = await EntryCode.filter(
        region_id=paper.region, area_id=paper.area, purpose=Purpose.REPORT, status=EntryStatus.ACTIVE
    ).first()
    if entry is None:
        raise AreaWithoutCode
    person = house.vault.index("paper", _once(paper, by=by, at=house.clock.now()))
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
        await record(
            "report.enter",
            by=by,
            at=house.clock.now(),
            report_id=filed.report_id,
            data={"channel": str(paper.channel)},
        )
    return filed


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
