"""移送 in words: for whoever opened the report all that was written, beside a ledger row the clocks alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from access.referrals import ReferralRow
from console import clocks, texts
from console.clocks import Mark
from dossier.referrals import Opened, Words, opened
from models.referral import Referral
from models.terms import Partner, ReferralState, ReferralWay
from organisation.house import House
from vault.keys import DataKey

PARTNERS = [(str(each), each.label) for each in Partner]
WAYS = [(str(each), each.label) for each in ReferralWay]
STATES = [(str(each), each.label) for each in ReferralState]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """`waits` are the actions that settle it, empty when nothing is waited for."""

    id: str
    title: str
    who: str
    sent_at: datetime
    said: Sequence[tuple[str, str]]
    mark: Mark | None
    waits: Sequence[str]


def passed_on(referrals: Iterable[Referral], *, key: DataKey, house: House) -> list[Passed]:
    """`referrals` each with whoever wrote it down."""
    return [_passed(opened(row, key=key), house=house) for row in referrals]


def in_words(row: ReferralRow, *, house: House) -> str:
    """As a row of the ledger says it: way, whom, the day, and what is waited for."""
    day = _day(row.sent_at, house=house)
    return texts.REFERRED.format(way=row.way.label, partner=row.partner.label, day=day, state=row.state.label)


def mark_of(due_at: datetime | None, *, house: House) -> Mark | None:
    return clocks.mark_until(
        due_at,
        now=house.clock.now(),
        timezone=house.timezone,
        calendar=house.organisation.calendar,
    )


def _passed(one: Opened, *, house: House) -> Passed:
    row = one.row
    is_out = row.way is ReferralWay.OUT
    waits = (
        () if row.result_at else ("note-receipt", "note-result") if not row.receipt_at else ("note-result",)
    )
    receipt = _noted(one.receipt, row.receipt_at, house=house) if is_out else ""
    said = {
        texts.REFERRED_OFFICE: one.sent.get("office", ""),
        texts.REFERRED_REFERENCE: one.sent.get("reference", ""),
        texts.REFERRED_TEXT: one.sent.get("text", ""),
        texts.REFERRED_UNTIL: _day(row.result_due_at, house=house) if not row.result_at else "",
        texts.REFERRED_RECEIPT: receipt,
        texts.REFERRED_RESULT if is_out else texts.REFERRED_TOLD: _noted(
            one.result, row.result_at, house=house
        ),
    }
    return Passed(
        id=row.id,
        title=(texts.REFERRED_OUT if is_out else texts.REFERRED_IN).format(partner=row.partner.label),
        who=row.by.name,
        sent_at=row.sent_at,
        said=[(label, words) for label, words in said.items() if words],
        mark=mark_of(row.due_at, house=house),
        waits=waits,
    )


def _noted(words: Words, at: datetime | None, *, house: House) -> str:
    if at is None:
        return ""
    return texts.REFERRED_NOTED.format(
        text=words.get("text", ""), who=words.get("who", ""), day=_day(at, house=house)
    )


def _day(at: datetime, *, house: House) -> str:
    day = at.astimezone(house.timezone)
    return texts.DAY.format(year=day.year, month=day.month, day=day.day)
