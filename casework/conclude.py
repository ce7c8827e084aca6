"""办结: the handler writes down what came of it; the reporter is answered next."""

from tortoise.transactions import in_transaction

from access.reports import lock_report
from access.viewer import Viewer
from casework import texts
from casework.documents import require_documents
from casework.errors import TransitionNotAllowed
from casework.transitions import next_status
from casework.words import CONCLUSION_LIMIT, words_of
from dossier.records import keep_record, void_open
from dossier.rows import report_key
from models.choices import Disposition, RecordKind
from models.report import CLOCK
from organisation.clocks import clocks_of
from organisation.house import House
from vault.log import record


async def conclude(number: str, *, text: str, by: Viewer, house: House) -> None:
    """Raises `FieldWrong`, `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then."""
    text = words_of(text, field="text", limit=CONCLUSION_LIMIT, missing=texts.CONCLUSION_MISSING)
    at = house.clock.now()
    async with in_transaction():
        report = await lock_report(by, number=number)
        status = next_status("conclude", status=report.status, role=by.role)
        if report.disposition is Disposition.HOLD:
            raise TransitionNotAllowed(texts.HELD)
        key = report_key(report, house=house)
        await require_documents(report, key=key)
        report.status, report.concluded_at = status, at
        report.run_until(clocks_of(report.region_id, house=house).to_feed_back_by(at))
        report.paused_at = None
        await report.save(update_fields=["status", "concluded_at", "paused_at", *CLOCK])
        await void_open(report, kinds=[RecordKind.PAUSE], at=at)
        await keep_record(
            report,
            kind=RecordKind.CONCLUSION,
            content={"text": text},
            body=by.body_code,
            by_id=by.staff_id,
            key=key,
            at=at,
        )
        await record("report.conclude", by=by.actor, at=at, report_id=report.id)
