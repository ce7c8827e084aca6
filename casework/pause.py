"""暂停计时: the clock stands for a reason and until a day; it goes on by itself then, or when somebody lets it."""

from datetime import date, datetime

from tortoise.transactions import in_transaction

from access.reports import lock_report
from access.viewer import Viewer
from casework import texts
from casework.errors import FieldWrong, TransitionNotAllowed
from casework.transitions import next_status
from casework.words import reason_of
from dossier.pausing import stand
from models.choices import Disposition
from models.report import Report
from organisation.clocks import end_of
from organisation.house import House
from vault.log import record

LONGEST_DAYS = 90


async def pause(number: str, *, reason: str, until: str, by: Viewer, house: House) -> None:
    """`until` is the last day on which the clock stands, as an ISO date.

    Raises `FieldWrong`, `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then.
    """
    reason = reason_of(reason)
    at = house.clock.now()
    until_day = last_day(until, at=at, house=house)
    async with in_transaction():
        report = await lock_report(by, number=number)
        next_status("pause", status=report.status, role=by.role)
        require_running(report, at=at)
        await stand(
            report, reason=reason, until=until_day, body=by.body_code, by_id=by.staff_id, house=house, at=at
        )
        await record("report.pause", by=by.actor, at=at, report_id=report.id)


def require_running(report: Report, *, at: datetime) -> None:
    """Raises `TransitionNotAllowed` where there is no clock to stop."""
    if not may_pause(report):
        raise TransitionNotAllowed(texts.NOT_PAUSED)
    if report.due_at is None or report.due_at < at:
        raise TransitionNotAllowed(texts.OVERDUE_NOT_PAUSED)


def may_pause(report: Report) -> bool:
    return report.paused_at is None and report.disposition is not Disposition.HOLD


def last_day(given: str, *, at: datetime, house: House) -> datetime:
    """The end of the day that was named; raises `FieldWrong`."""
    today = at.astimezone(house.timezone).date()
    try:
        day = date.fromisoformat(given.strip())
    except ValueError:
        raise FieldWrong("until", texts.UNTIL_MISSING) from None
    if not 0 < (day - today).days <= LONGEST_DAYS:
        raise FieldWrong("until", texts.UNTIL_WRONG.format(days=LONGEST_DAYS))
    return end_of(day, timezone=house.timezone)
