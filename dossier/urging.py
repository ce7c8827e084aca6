"""督办 as it hangs on a report, and who hears that something is urged or late: a number and a time, no more."""

from collections.abc import Iterable
from datetime import datetime

from clients.database import rows
from clients.writes import write
from delivery.outbox import Recipient, notices
from dossier.bars import barred_from
from dossier.notices import RESPONSIBLE, time_in_words
from dossier.records import Opened, opened
from dossier.rows import report_key
from models.case_record import CaseRecord
from models.choices import RecordKind, RecordOutcome
from models.report import Report
from organisation.house import House
from vault.keys import DataKey


async def open_urges(report: Report) -> list[CaseRecord]:
    found = CaseRecord.filter(report_id=report.id, kind=RecordKind.URGE, outcome=RecordOutcome.OPEN)
    return await found.order_by("made_at", "id")


async def urges_by(body: str, *, report: Report, house: House) -> list[Opened]:
    """What that body asked and was answered, and nothing else of the report: for its row of the ledger."""
    found = CaseRecord.filter(report_id=report.id, kind=RecordKind.URGE, body_id=body)
    key = report_key(report, house=house)
    asked = await found.order_by("made_at", "id").select_related("by", "settled_by")
    return [opened(row, key=key) for row in asked]


async def tell_urged(
    report: Report, *, bodies: Iterable[str], tag: str, key: DataKey, house: House, at: datetime
) -> None:
    """Handlers and leaders of `bodies`; whether they may still know is looked at again when it is sent."""
    barred = await barred_from(report, key=key)
    told = [
        Recipient(dedupe=f"urge:{report.id}:{tag}:staff:{row['id']}", staff_id=row["id"])
        for body in dict.fromkeys(bodies)
        if f"body:{body}" not in barred
        for row in await rows(RESPONSIBLE, body)
        if f"staff:{row['id']}" not in barred
    ]
    payload = {"number": report.number, "time": time_in_words(at, house=house)}
    await write(*notices(told, notice="urge", report=report, key=key, payload=payload, at=at))
