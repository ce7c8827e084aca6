"""暂缓销毁: a report stays past its time, for a reason, until a leader releases it."""

from tortoise.transactions import in_transaction

from access.reports import lock_report
from access.viewer import Viewer
from casework import texts
from casework.errors import TransitionNotAllowed
from casework.transitions import next_status
from casework.words import reason_of
from dossier.records import keep_record, open_record
from dossier.rows import report_key
from models.choices import RecordKind
from organisation.house import House
from vault.log import record


async def retain(number: str, *, reason: str, by: Viewer, house: House) -> None:
    """Also before it has ended, where one knows already that it will be needed.

    Raises `FieldWrong`, `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then.
    """
    reason = reason_of(reason)
    at = house.clock.now()
    async with in_transaction():
        report = await lock_report(by, number=number)
        next_status("retain", status=report.status, role=by.role)
        if await open_record(report, kind=RecordKind.RETENTION) is not None:
            raise TransitionNotAllowed(texts.RETAINED)
        kept = await keep_record(
            report,
            kind=RecordKind.RETENTION,
            content={"reason": reason},
            body=by.body_code,
            by_id=by.staff_id,
            is_open=True,
            key=report_key(report, house=house),
            at=at,
        )
        await record("report.retain", by=by.actor, at=at, report_id=report.id, object_id=kept.id)
