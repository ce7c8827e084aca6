"""A clock that stands, and goes on with the days it had left."""

from datetime import datetime

from dossier.records import keep_record, open_record, opened, settle
from dossier.rows import report_key
from models.case_record import CaseRecord
from models.choices import RecordKind, RecordOutcome
from models.report import Report
from organisation.house import House


async def stand(
    report: Report,
    *,
    reason: str,
    until: datetime,
    body: str,
    by_id: int,
    house: House,
    at: datetime,
    question: str = "",
) -> CaseRecord:
    """For a report whose clock runs. With `question` it goes on as soon as that is answered."""
    due_at, report.paused_at, report.due_at = report.due_at, at, None
    await report.save(update_fields=["paused_at", "due_at"])
    content = {
        "reason": reason,
        "until": until.astimezone(house.timezone).date().isoformat(),
        "due_at": due_at.isoformat() if due_at else "",
        "question": question,
    }
    return await keep_record(
        report,
        kind=RecordKind.PAUSE,
        content=content,
        body=body,
        by_id=by_id,
        due_at=until,
        is_open=True,
        key=report_key(report, house=house),
        at=at,
    )


async def go_on(
    report: Report, *, by_id: int | None, house: House, at: datetime, is_answered: bool = False
) -> bool:
    """Not where the clock does not stand any more, nor, with `is_answered`, where it stands for something else.

    A question that took the place of another is answered for both.
    """
    standing = await open_record(report, kind=RecordKind.PAUSE)
    if standing is None or standing.due_at is None:
        return False
    content = opened(standing, key=report_key(report, house=house)).content
    if is_answered and not content.get("question"):
        return False
    # a worker that was down must not have given it more time than was asked for
    until = min(at, standing.due_at)
    days = until.astimezone(house.timezone).date() - standing.made_at.astimezone(house.timezone).date()
    report.due_at = datetime.fromisoformat(content["due_at"]) + days
    report.paused_at = None
    await report.save(update_fields=["due_at", "paused_at"])
    await settle(standing, outcome=RecordOutcome.ENDED, by_id=by_id, at=at)
    return True
