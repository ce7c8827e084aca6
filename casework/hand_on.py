"""移交: what a colleague worked on goes to another one, report by report, each with its own event."""

from access.handled import numbers_handled_by
from access.reports import ReportNotFound
from access.viewer import Viewer
from casework.assign import assign
from casework.errors import FieldWrong, TransitionNotAllowed
from organisation.house import House


async def hand_on(*, of: str, to: str, by: Viewer, house: House) -> tuple[int, int]:
    """Usernames. How many went over, and how many stay: those that `to` may not have, or that moved meanwhile."""
    numbers = await numbers_handled_by(by, username=of)
    gone = 0
    for number in numbers:
        try:
            await assign(number, staff=to, by=by, house=house)
        except (FieldWrong, TransitionNotAllowed, ReportNotFound):
            continue
        gone += 1
    return gone, len(numbers) - gone
