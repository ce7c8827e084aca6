"""Which liaison is told by itself: only of matters about no person (domain.md "Who is told")."""

from datetime import datetime

from delivery.outbox import enqueue
from dossier.notices import new_report_payload
from models.report import Report
from organisation.house import House
from routing.decision import Decision
from vault.keys import DataKey


async def tell_liaisons(
    report: Report, *, key: DataKey, decision: Decision, house: House, at: datetime
) -> None:
    payload = new_report_payload(report, house=house, at=at)
    for liaison in decision.liaisons_told:
        await enqueue(
            notice="report_new",
            report=report,
            key=key,
            payload=payload,
            at=at,
            dedupe=f"report_new:{report.id}:liaison",
            liaison_id=liaison.id,
        )
