"""All that hangs on a report that was opened, read at once: for whoever `access` let in, who hand in the report."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from clients.finding import Wanted, find_together
from models.attachment import Attachment
from models.case_record import CaseRecord
from models.decision import RoutingDecision
from models.liaison_task import LiaisonTask
from models.message import Message
from models.outbox import OutboxNotice
from models.recusal_request import RecusalRequest
from models.referral import Referral
from models.report import Report
from models.report_bar import ReportBar


@dataclass(frozen=True, slots=True, kw_only=True)
class Hanging:
    """Sealed as they lie, in the order in which they came; each with the people it names."""

    messages: Sequence[Message]
    attachments: Sequence[Attachment]
    notices: Sequence[OutboxNotice]
    requests: Sequence[RecusalRequest]
    decisions: Sequence[RoutingDecision]
    records: Sequence[CaseRecord]
    referrals: Sequence[Referral]
    tasks: Sequence[LiaisonTask]
    bars: Sequence[ReportBar]


READ: Final = {
    "messages": (Message, ("said_at", "id"), ("staff",)),
    "attachments": (Attachment, ("created_at", "id"), ()),
    "notices": (OutboxNotice, ("created_at", "id"), ()),
    "requests": (RecusalRequest, ("asked_at", "id"), ()),
    "decisions": (RoutingDecision, ("decided_at", "id"), ("by",)),
    "records": (CaseRecord, ("made_at", "id"), ("by", "settled_by")),
    "referrals": (Referral, ("made_at", "id"), ("by",)),
    "tasks": (LiaisonTask, ("asked_at", "id"), ("liaison",)),
    "bars": (ReportBar, ("since_at", "id"), ()),
}
"""Table, order and relations of each."""


async def hanging_on(report: Report) -> Hanging:
    wanted = [Wanted(model, "report_id", report.id, by, beside) for model, by, beside in READ.values()]
    return Hanging(**dict(zip(READ, await find_together(*wanted), strict=True)))
