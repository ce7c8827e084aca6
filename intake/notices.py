"""Who is told by itself that a report came in: its owner, and a liaison only of matters about no person."""

from delivery.outbox import Recipient
from dossier.notices import owner_recipients
from models.report import Report
from routing.conflicts import Conflicts
from routing.decision import Decision


async def recipients_of(
    report: Report, *, decision_id: str, decision: Decision, conflicts: Conflicts
) -> list[Recipient]:
    """domain.md "Who is told"; `conflicts` are those the report was just decided with."""
    owners = await owner_recipients(report, decision_id=decision_id, barred=conflicts.people.keys())
    liaisons = [
        Recipient(dedupe=f"report_new:{report.id}:liaison", liaison_id=liaison.id)
        for liaison in decision.liaisons_told
    ]
    return owners + liaisons
