"""移送: the matter, or a part of it, is sent to another authority; it stays here, and the answers are waited for."""

from dataclasses import dataclass
from datetime import date, datetime, time

from tortoise.transactions import in_transaction

from access.reports import lock_report
from access.viewer import Viewer
from casework import texts
from casework.errors import FieldWrong
from casework.transitions import next_status
from casework.words import REASON_LIMIT, TEXT_LIMIT, words_of
from dossier.referrals import keep_referral
from dossier.rows import report_key
from models.terms import Partner, ReferralWay
from organisation.clocks import MONTHS_TO_RESULT, clocks_of, end_of, months_after
from organisation.house import House
from vault.log import record

LONGEST_DAYS = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """`at` is the beginning of the day it was sent on."""

    partner: Partner
    words: dict[str, str]
    at: datetime
    result_due_at: datetime


async def send_out(
    number: str,
    *,
    partner: str,
    office: str,
    text: str,
    by: Viewer,
    house: House,
    reference: str = "",
    sent_on: str = "",
    due_on: str = "",
) -> None:
    """Without `sent_on` it went today; without `due_on` the result is due in three months. Dates are ISO.

    Raises `FieldWrong`, `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then.
    """
    at = house.clock.now()
    sent = _checked(
        partner=partner,
        office=office,
        text=text,
        reference=reference,
        sent_on=sent_on,
        due_on=due_on,
        at=at,
        house=house,
    )
    async with in_transaction():
        report = await lock_report(by, number=number)
        next_status("send-out", status=report.status, role=by.role)
        kept = await keep_referral(
            report,
            way=ReferralWay.OUT,
            partner=sent.partner,
            sent=sent.words,
            sent_at=sent.at,
            due_at=min(clocks_of(report.region_id, house=house).receipt_due_by(sent.at), sent.result_due_at),
            result_due_at=sent.result_due_at,
            body=by.body_code,
            by_id=by.staff_id,
            key=report_key(report, house=house),
            at=at,
        )
        data = {"partner": str(sent.partner)}
        await record("report.send-out", by=by.actor, at=at, report_id=report.id, object_id=kept.id, data=data)


def _checked(
    *,
    partner: str,
    office: str,
    text: str,
    reference: str,
    sent_on: str,
    due_on: str,
    at: datetime,
    house: House,
) -> Sent:
    """Raises `FieldWrong`."""
    if partner not in Partner.__members__.values():
        raise FieldWrong("partner", texts.PARTNER_WRONG)
    today = at.astimezone(house.timezone).date()
    words = {
        "office": words_of(office, field="office", limit=REASON_LIMIT, missing=texts.OFFICE_MISSING),
        "text": words_of(text, field="text", limit=TEXT_LIMIT, missing=texts.SENT_MISSING),
        "reference": reference.strip()[:REASON_LIMIT],
    }
    sent_day = _day(sent_on, field="sent_on", wrong=texts.DAY_WRONG) or today
    if sent_day > today:
        raise FieldWrong("sent_on", texts.DAY_WRONG)
    due_day = _day(due_on, field="due_on", wrong=texts.RESULT_DAY_WRONG)
    if due_day is not None and not 0 <= (due_day - today).days <= LONGEST_DAYS:
        raise FieldWrong("due_on", texts.RESULT_DAY_WRONG)
    result_due_at = end_of(due_day or months_after(today, months=MONTHS_TO_RESULT), timezone=house.timezone)
    sent_at = datetime.combine(sent_day, time(), house.timezone)
    return Sent(partner=Partner(partner), words=words, at=sent_at, result_due_at=result_due_at)


def _day(given: str, *, field: str, wrong: str) -> date | None:
    if not given.strip():
        return None
    try:
        return date.fromisoformat(given.strip())
    except ValueError:
        raise FieldWrong(field, wrong) from None
