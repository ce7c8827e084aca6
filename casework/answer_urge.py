"""督办答复: the body that was urged says how far it is, to whoever urged it."""

from tortoise.transactions import in_transaction

from access.reports import lock_report
from access.viewer import Viewer
from casework import texts
from casework.errors import TransitionNotAllowed
from casework.transitions import next_status
from casework.words import TEXT_LIMIT, words_of
from dossier.records import settle
from dossier.rows import report_key
from dossier.urging import open_urges
from models.choices import RecordOutcome
from organisation.house import House
from vault.log import record


async def answer_urge(number: str, *, text: str, by: Viewer, house: House) -> None:
    """One answer for everybody who urged.

    Raises `FieldWrong`, `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then.
    """
    text = words_of(text, field="text", limit=TEXT_LIMIT, missing=texts.URGE_ANSWER_MISSING)
    at = house.clock.now()
    async with in_transaction():
        report = await lock_report(by, number=number)
        next_status("answer-urge", status=report.status, role=by.role)
        waiting = await open_urges(report)
        if not waiting:
            raise TransitionNotAllowed(texts.NOT_URGED)
        report.urge_due_at = None
        await report.save(update_fields=["urge_due_at"])
        key = report_key(report, house=house)
        for each in waiting:
            await settle(
                each,
                outcome=RecordOutcome.ANSWERED,
                answer={"text": text},
                by_id=by.staff_id,
                key=key,
                at=at,
            )
        await record("report.answer-urge", by=by.actor, at=at, report_id=report.id, object_id=waiting[-1].id)
