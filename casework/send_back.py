"""退改: the leader does not approve what was proposed and says what is to be changed."""

from tortoise.transactions import in_transaction

from access.reports import lock_to_approve
from access.viewer import Viewer
from casework.approving import proposal_for
from casework.transitions import next_status
from casework.words import reason_of
from dossier.records import settle
from dossier.rows import report_key
from models.choices import RecordOutcome
from organisation.house import House
from vault.log import record


async def send_back(number: str, *, reason: str, by: Viewer, house: House) -> None:
    """Raises `FieldWrong`, `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then."""
    reason = reason_of(reason)
    at = house.clock.now()
    async with in_transaction():
        report = await lock_to_approve(by, number=number)
        next_status("send-back", status=report.status, role=by.role)
        proposal = await proposal_for(report, by=by)
        report.approver_id = None
        await report.save(update_fields=["approver_id"])
        key = report_key(report, house=house)
        await settle(
            proposal,
            outcome=RecordOutcome.SENT_BACK,
            answer={"reason": reason},
            by_id=by.staff_id,
            key=key,
            at=at,
        )
        await record("report.send-back", by=by.actor, at=at, report_id=report.id, object_id=proposal.id)
