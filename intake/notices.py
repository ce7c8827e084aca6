"""Who is told by itself that a report came in: its owner, and a liaison only of matters about no person."""

from delivery.outbox import Recipient
from dossier.notices import free_of, those_told
from intake.looking import Moment
from models.report import Report
from organisation.chat_binding import standing_in
from routing.conflicts import Conflicts
from routing.decision import Decision
from routing.nodes import LiaisonNode


async def recipients_of(
    report: Report, *, decision_id: str, decision: Decision, conflicts: Conflicts, moment: Moment
) -> list[Recipient]:
    """domain.md "Who is told"; `conflicts` are those the report was just decided with."""
    free = free_of(moment.responsible, barred=conflicts.people.keys())
    owners = those_told(free, report=report, decision_id=decision_id)
    liaisons = [
        Recipient(
            dedupe=f"report_new:{report.id}:liaison",
            liaison_id=await _stand_in(liaison, conflicts=conflicts)
            if liaison.id in moment.away
            else liaison.id,
        )
        for liaison in decision.liaisons_told
    ]
    return owners + liaisons


async def _stand_in(away: LiaisonNode, *, conflicts: Conflicts) -> int:
    """A deputy, unless the matter touches them; the chief all the same where there is none."""
    touched = [int(key.removeprefix("liaison:")) for key in conflicts.people if key.startswith("liaison:")]
    deputy = await standing_in(away.village_code, but=[away.id, *touched])
    return deputy.id if deputy else away.id
