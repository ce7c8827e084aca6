"""What the reporter is told of what a body did."""

from datetime import datetime

from delivery.outbox import Recipient, enqueue
from dossier.notices import time_in_words
from models.message import Message
from models.report import Report
from organisation.house import House
from vault.keys import DataKey


async def tell_reporter_progress(
    report: Report, *, message: Message, key: DataKey, house: House, at: datetime
) -> None:
    payload = {"number": report.number, "status": report.status.label, "time": time_in_words(at, house=house)}
    await enqueue(
        [Recipient(dedupe=f"report_progress:{report.id}:{message.id}")],
        notice="report_progress",
        report=report,
        key=key,
        payload=payload,
        at=at,
        message_id=message.id,
    )


async def tell_reporter_reply(
    report: Report, *, message: Message, key: DataKey, house: House, at: datetime
) -> None:
    await enqueue(
        [Recipient(dedupe=f"report_reply:{report.id}:{message.id}")],
        notice="report_reply",
        report=report,
        key=key,
        payload={"number": report.number, "time": time_in_words(at, house=house)},
        at=at,
        message_id=message.id,
    )
