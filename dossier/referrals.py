"""移送 as it hangs on a report: what went out or came in, its receipt and its result, sealed with the report."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from models.fields import new_id
from models.referral import Referral
from models.report import Report
from models.terms import Partner, ReferralWay
from vault.keys import DataKey

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A referral with what was written of it; `receipt` and `result` are empty until they are there."""

    row: Referral
    sent: Words
    receipt: Words
    result: Words


async def keep_referral(
    report: Report,
    *,
    way: ReferralWay,
    partner: Partner,
    sent: Words,
    sent_at: datetime,
    due_at: datetime,
    result_due_at: datetime,
    body: str,
    by_id: int,
    key: DataKey,
    at: datetime,
) -> Referral:
    """Of one that came in the receipt was given with it: from then on the result is due."""
    referral_id = new_id()
    return await Referral.create(
        id=referral_id,
        report_id=report.id,
        way=way,
        partner=partner,
        by_id=by_id,
        body_id=body,
        sealed_sent=_sealed(sent, referral_id=referral_id, column="sent", key=key),
        sent_at=sent_at,
        made_at=at,
        due_at=due_at,
        result_due_at=result_due_at,
        receipt_at=at if way is ReferralWay.IN else None,
    )


async def waiting_referral(report: Report, *, referral_id: str) -> Referral | None:
    """One of this report without a result yet."""
    return await Referral.get_or_none(id=referral_id[:22], report_id=report.id, result_at__isnull=True)


async def note_receipt_of(referral: Referral, *, words: Words, key: DataKey, at: datetime) -> None:
    referral.receipt_at, referral.due_at = at, referral.result_due_at
    referral.sealed_receipt = _sealed(words, referral_id=referral.id, column="receipt", key=key)
    await referral.save(update_fields=["receipt_at", "due_at", "sealed_receipt"])


async def note_result_of(referral: Referral, *, words: Words, key: DataKey, at: datetime) -> None:
    """A result without a receipt is one too."""
    referral.result_at, referral.due_at = at, None
    referral.sealed_result = _sealed(words, referral_id=referral.id, column="result", key=key)
    await referral.save(update_fields=["result_at", "due_at", "sealed_result"])


def _sealed(words: Words, *, referral_id: str, column: str, key: DataKey) -> bytes:
    kept = {name: value for name, value in words.items() if value}
    return key.seal_json(kept, place=f"referral:{referral_id}:{column}")


def opened(row: Referral, *, key: DataKey) -> Opened:
    def words(column: str, sealed: bytes | None) -> Words:
        return key.open_json(bytes(sealed), place=f"referral:{row.id}:{column}") if sealed else {}

    return Opened(
        row=row,
        sent=words("sent", row.sealed_sent),
        receipt=words("receipt", row.sealed_receipt),
        result=words("result", row.sealed_result),
    )
