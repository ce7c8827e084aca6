"""How long a report is kept counts from its end, and anew from whatever is said or found out about it afterwards."""

from datetime import datetime

from models.report import Report


async def last_anew(report: Report, *, at: datetime) -> None:
    """Nothing to do for one that has not ended: its time has not begun."""
    if report.kept_from is not None:
        report.kept_from = at
        await Report.filter(id=report.id).update(kept_from=at)
