"""What a reporter may read: their own reports, and with a receipt the one it opens."""

from collections.abc import Sequence

from tortoise.expressions import Q

from access.reports import ReportNotFound
from models.report import Report


async def reports_of(person_index: str, *, limit: int = 20, after: str = "") -> Sequence[Report]:
    """Newest first; `after` is the number of the last one already shown."""
    mine = Report.filter(reporter_index=person_index)
    if after:
        last = await mine.get_or_none(number=after)
        if last is None:
            return []
        earlier = Q(submitted_at__lt=last.submitted_at)
        mine = mine.filter(earlier | Q(submitted_at=last.submitted_at, number__lt=after))
    return await mine.order_by("-submitted_at", "-number").limit(limit)


async def own_report(*, number: str, person_index: str, receipt_report_id: str | None = None) -> Report:
    """Raises `ReportNotFound` when it is somebody else's."""
    report = await Report.get_or_none(number=number)
    if report is None:
        raise ReportNotFound
    by_receipt, by_person = report.id == receipt_report_id, report.reporter_index == person_index
    if not (by_person if receipt_report_id is None else by_receipt):
        raise ReportNotFound
    return report


async def report_by_receipt(receipt_index: str) -> Report | None:
    return await Report.get_or_none(receipt_index=receipt_index)
