"""The proposal that waits for whoever approves or sends it back: there is one, and it is not their own."""

from access.viewer import Viewer
from casework import texts
from casework.errors import TransitionNotAllowed
from dossier.records import open_record
from models.case_record import CaseRecord
from models.choices import RecordKind
from models.report import Report


async def proposal_for(report: Report, *, by: Viewer) -> CaseRecord:
    """Raises `TransitionNotAllowed`."""
    proposal = await open_record(report, kind=RecordKind.PROPOSAL)
    if proposal is None:
        raise TransitionNotAllowed(texts.NOTHING_PROPOSED)
    if proposal.by_id == by.staff_id:
        raise TransitionNotAllowed(texts.OWN_PROPOSAL)
    if report.approver_id != by.body_code:
        raise TransitionNotAllowed(texts.APPROVED_ELSEWHERE)
    return proposal
