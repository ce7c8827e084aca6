"""回头看: some time after a case was closed somebody goes and sees whether it stayed solved."""

from tortoise.transactions import in_transaction

from access.reports import lock_report
from access.viewer import Viewer
from casework import texts
from casework.errors import TransitionNotAllowed
from casework.transitions import next_status
from casework.words import TEXT_LIMIT, words_of
from dossier.lasting import last_anew
from dossier.records import open_record, settle
from dossier.rows import report_key
from models.choices import RecordKind, RecordOutcome
from organisation.house import House
from vault.log import record


async def look_back(number: str, *, text: str, by: Viewer, house: House) -> None:
    """Raises `FieldWrong`, `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then."""
    text = words_of(text, field="text", limit=TEXT_LIMIT, missing=texts.LOOK_BACK_MISSING)
    at = house.clock.now()
    async with in_transaction():
        report = await lock_report(by, number=number)
        next_status("look-back", status=report.status, role=by.role)
        waiting = await open_record(report, kind=RecordKind.LOOK_BACK)
        if waiting is None:
            raise TransitionNotAllowed(texts.LOOKED_BACK)
        key = report_key(report, house=house)
        await settle(
            waiting, outcome=RecordOutcome.ENDED, answer={"text": text}, by_id=by.staff_id, key=key, at=at
        )
        await last_anew(report, at=at)
        await record("report.look-back", by=by.actor, at=at, report_id=report.id, object_id=waiting.id)
