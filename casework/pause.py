"""暂停计时: the clock stands for a reason and until a day; it goes on by itself then, or when somebody lets it."""

from datetime import date

from tortoise.transactions import in_transaction

from access.reports import lock_report
from access.viewer import Viewer
from casework import texts
from casework.clocks import end_of
from casework.errors import FieldWrong, TransitionNotAllowed
from casework.transitions import next_status
from casework.words import reason_of
from dossier.records import keep_record
from dossier.rows import report_key
from models.choices import Disposition, RecordKind
from models.report import Report
from organisation.house import House
from vault.log import record

LONGEST_DAYS = 90


async def pause(number: str, *, reason: str, until: str, by: Viewer, house: House) -> None:
    """`until` is the last day on which the clock stands, as an ISO date.

    Raises `FieldWrong`, `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then.
    """
    reason = reason_of(reason)
    at = house.clock.now()
    day = _day(until, today=at.astimezone(house.timezone).date())
    async with in_transaction():
        report = await lock_report(by, number=number)
        next_status("pause", status=report.status, role=by.role)
        if not may_pause(report):
            raise TransitionNotAllowed(texts.NOT_PAUSED)
        if report.due_at is None or report.due_at < at:
            raise TransitionNotAllowed(texts.OVERDUE_NOT_PAUSED)
        content = {"reason": reason, "until": day.isoformat(), "due_at": report.due_at.isoformat()}
        report.paused_at, report.due_at = at, None
        await report.save(update_fields=["paused_at", "due_at"])
        await keep_record(
            report,
            kind=RecordKind.PAUSE,
            content=content,
            body=by.body_code,
            by_id=by.staff_id,
            due_at=end_of(day, timezone=house.timezone),
            is_open=True,
            key=report_key(report, house=house),
            at=at,
        )
        await record("report.pause", by=by.actor, at=at, report_id=report.id)


def may_pause(report: Report) -> bool:
    return report.paused_at is None and report.disposition is not Disposition.HOLD


def _day(given: str, *, today: date) -> date:
    try:
        day = date.fromisoformat(given.strip())
    except ValueError:
        raise FieldWrong("until", texts.UNTIL_MISSING) from None
    if not 0 < (day - today).days <= LONGEST_DAYS:
        raise FieldWrong("until", texts.UNTIL_WRONG.format(days=LONGEST_DAYS))
    return day
