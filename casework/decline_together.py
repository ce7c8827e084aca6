"""一并不予受理: what came in a flood and is not ours; each is told so, as if it had been declined alone."""

from collections.abc import Sequence

from access.reports import ReportNotFound
from access.viewer import Viewer
from casework import texts
from casework.decline import decline
from casework.errors import FieldWrong, TransitionNotAllowed
from casework.transitions import next_status
from models.choices import Status
from organisation.house import House


async def decline_together(
    numbers: Sequence[str], *, ground: str, text: str, by: Viewer, house: House
) -> tuple[int, int]:
    """How many were declined, and how many of them stay: livelihood matters, and what a colleague has worked on.

    Raises `FieldWrong` or `TransitionNotAllowed` (whoever may decline none); nothing is changed then.
    """
    next_status("decline", status=Status.RECEIVED, role=by.role)
    if not numbers:
        raise FieldWrong("number", texts.CHOOSE_SOME)
    declined = 0
    for number in numbers:
        try:
            await decline(number, ground=ground, text=text, by=by, house=house)
        except (ReportNotFound, TransitionNotAllowed):
            continue
        declined += 1
    return declined, len(numbers) - declined
