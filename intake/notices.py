"""Who is told by itself that a report came in: its owner, and a liaison only of matters about no person."""

from delivery.outbox import Recipient
from dossier.notices import owner_recipients
from models.liaison import Liaison
from models.report import Report
from organisation.chat_binding import standing_in
from routing.conflicts import Conflicts
from routing.decision import Decision
from routing.nodes import LiaisonNode


async def recipients_of(
    report: Report, *, decision_id: str, decision: Decision, conflicts: Conflicts
) -> list[Recipient]:
    """domain.md "Who is told"; `conflicts` are those the report was just decided with."""
    owners = await owner_recipients(report, decision_id=decision_id, barred=conflicts.people.keys())
    liaisons = [
        Recipient(
            dedupe=f"report_new:{report.id}:liaison", liaison_id=await _here(liaison, conflicts=conflicts)
        )
        for liaison in decision.liaisons_told
    ]
    return owners + liaisons


async def _here(told: LiaisonNode, *, conflicts: Conflicts) -> int:
    """A deputy in the place of a chief who is away, unless the matter touches them."""
    if not await Liaison.filter(id=told.id, is_away=True).exists():
        return told.id
    touched = [int(key.removeprefix("liaison:")) for key in conflicts.people if key.startswith("liaison:")]
    deputy = await standing_in(told.village_code, but=[told.id, *touched])
    return deputy.id if deputy else told.id
