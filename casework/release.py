"""解除暂缓销毁: a leader finds that a report need not stay any longer than others."""

from tortoise.transactions import in_transaction

from access.reports import lock_report
from access.viewer import Viewer
from casework import texts
from casework.errors import TransitionNotAllowed
from casework.transitions import next_status
from casework.words import reason_of
from dossier.records import open_record, settle
from dossier.rows import report_key
from models.choices import RecordKind, RecordOutcome
from organisation.house import House
from vault.log import record


async def release(number: str, *, reason: str, by: Viewer, house: House) -> None:
    """Raises `FieldWrong`, `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then."""
    reason = reason_of(reason)
    at = house.clock.now()
    async with in_transaction():
        report = await lock_report(by, number=number)
        next_status("release", status=report.status, role=by.role)
        standing = await open_record(report, kind=RecordKind.RETENTION)
        if standing is None:
            raise TransitionNotAllowed(texts.NOT_RETAINED)
        key = report_key(report, house=house)
        answer = {"reason": reason}
        await settle(standing, outcome=RecordOutcome.ENDED, answer=answer, by_id=by.staff_id, key=key, at=at)
        await record("report.release", by=by.actor, at=at, report_id=report.id, object_id=standing.id)
