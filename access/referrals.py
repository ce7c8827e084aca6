"""移送 beside rows that a viewer was shown: whom to or from, when, and the clocks; no word of what was written."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from access.predicate import PARAMETERS, VISIBLE, viewer_values
from access.reports import ROW, ReportRow, row_of
from access.viewer import Viewer
from clients.database import rows, text_list
from models.fields import from_millis, to_millis
from models.terms import Partner, ReferralState, ReferralWay

STATES = {
    ReferralState.RECEIPT: "f.receipt_at IS NULL AND f.result_at IS NULL",
    ReferralState.RESULT: "f.receipt_at IS NOT NULL AND f.result_at IS NULL",
    ReferralState.LATE: "f.due_at < {now}",
    ReferralState.DONE: "f.result_at IS NOT NULL",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralRow:
    """`due_at` is empty where nothing is waited for any more."""

    way: ReferralWay
    partner: Partner
    state: ReferralState
    sent_at: datetime
    due_at: datetime | None


async def referrals_beside(numbers: Iterable[str]) -> dict[str, list[ReferralRow]]:
    """By number, oldest first. The numbers are those of rows that `access` has just let a viewer have."""
    found = await rows(
        """SELECT r.number, f.way, f.partner, f.sent_at, f.due_at, f.receipt_at, f.result_at
          FROM referral f JOIN report r ON r.id = f.report_id
          WHERE r.number in_list($1) ORDER BY f.made_at, f.id""",
        text_list(numbers),
    )
    beside: dict[str, list[ReferralRow]] = {}
    for row in found:
        beside.setdefault(row["number"], []).append(_row(row))
    return beside


async def due_referrals(viewer: Viewer, *, day_ends_at: datetime, limit: int = 8) -> list[ReportRow]:
    """Reports of a viewer with a receipt or a result that is to be there by now, the longest waited for first."""
    sql = f"""{ROW} JOIN referral f ON f.report_id = r.id AND f.due_at <= ${PARAMETERS + 1}
      WHERE {VISIBLE} ORDER BY f.due_at, r.number LIMIT {limit}"""
    found = await rows(sql, *viewer_values(viewer), to_millis(day_ends_at))
    return list({row["number"]: row_of(row) for row in found}.values())


def _row(row: Any) -> ReferralRow:
    waits = ReferralState.RESULT if row["receipt_at"] else ReferralState.RECEIPT
    return ReferralRow(
        way=ReferralWay(row["way"]),
        partner=Partner(row["partner"]),
        state=ReferralState.DONE if row["result_at"] else waits,
        sent_at=from_millis(row["sent_at"]),
        due_at=from_millis(row["due_at"]) if row["due_at"] is not None else None,
    )
