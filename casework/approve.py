"""批准: what a handler proposed is done: the matter is worked on, or it has its result already."""

from datetime import date, datetime

from tortoise.transactions import in_transaction

from access.reports import lock_to_approve
from access.viewer import Viewer
from casework.approving import proposal_for
from casework.documents import require_documents
from casework.transitions import next_status
from dossier.records import Content, opened, settle, void_open
from dossier.rows import report_key
from models.choices import Disposition, RecordKind, RecordOutcome, Status
from models.report import CLOCK, Report
from organisation.clocks import clocks_of, end_of
from organisation.house import House
from vault.log import record

CHANGED = [*CLOCK, *"status disposition concluded_at approver_id paused_at".split()]
SETTLED_BY_APPROVAL = (Disposition.DISMISS, Disposition.ANSWER)


async def approve(number: str, *, by: Viewer, house: House) -> None:
    """Raises `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then."""
    at = house.clock.now()
    async with in_transaction():
        report = await lock_to_approve(by, number=number)
        status = next_status("approve", status=report.status, role=by.role)
        proposal = await proposal_for(report, by=by)
        key = report_key(report, house=house)
        content = opened(proposal, key=key).content
        if content["disposition"] in SETTLED_BY_APPROVAL:
            await require_documents(report, key=key)
        _carry_out(report, content=content, status=status, house=house, at=at)
        await report.save(update_fields=CHANGED)
        # the clock that stood is another one now
        await void_open(report, kinds=[RecordKind.PAUSE], at=at)
        await settle(proposal, outcome=RecordOutcome.APPROVED, by_id=by.staff_id, at=at)
        data = {"disposition": content["disposition"]}
        await record(
            "report.approve", by=by.actor, at=at, report_id=report.id, object_id=proposal.id, data=data
        )


def _carry_out(report: Report, *, content: Content, status: Status, house: House, at: datetime) -> None:
    chosen = Disposition(content["disposition"])
    report.approver_id, report.disposition, report.paused_at = None, chosen, None
    if chosen in SETTLED_BY_APPROVAL:
        report.status, report.concluded_at = Status.CONCLUDED, at
        report.run_until(clocks_of(report.region_id, house=house).to_feed_back_by(at))
        return
    report.status = status
    if chosen is Disposition.HOLD:
        report.run_until(end_of(date.fromisoformat(content["review_on"]), timezone=house.timezone))
    else:
        report.run_until(clocks_of(report.region_id, house=house).to_conclude_by(at))
