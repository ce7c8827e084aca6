"""What is registered as one matter, worked on in one go: each report has its own event, clock and message.

No reporter hears of another, and somebody who reported twice is told once.
"""

from collections.abc import Awaitable, Callable, Sequence

from access.repeats import linked_reports
from access.reports import find_report, lock_report
from access.viewer import Viewer
from models.choices import Status
from models.report import Report

Each = Callable[[Report, bool], Awaitable[None]]
"""Gets a report and whether its reporter is to be told."""


async def locked_together(number: str, *, together: str, by: Viewer) -> list[Report]:
    """The report first, then with `together` those linked to it that they may see, all locked.

    Raises `ReportNotFound`.
    """
    if not together:
        return [await lock_report(by, number=number)]
    linked = await linked_reports(by, report=await find_report(by, number=number))
    # always in one order, or two people who answer the same would wait for each other
    locked = {each: await lock_report(by, number=each) for each in sorted({number, *linked})}
    return [locked[number], *(locked[each] for each in linked)]


async def do_each(reports: Sequence[Report], *, starts: frozenset[Status], do: Each) -> None:
    """`do` is called for the first, and for each other that is in a status it may be done in."""
    told: set[str] = set()
    for count, report in enumerate(reports):
        if count and report.status not in starts:
            continue
        # who cut the link has no index, and is nobody else's double
        await do(report, report.reporter_index not in told)
        told |= {report.reporter_index} if report.reporter_index else set()
