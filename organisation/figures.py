"""办理时限 of a county: the rules' figures, each of which it may set for itself."""

from dataclasses import dataclass
from datetime import date

from models.figures import NAMES, CountyFigures
from models.holiday import Holiday
from models.terms import DayKind
from organisation.working_days import Calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """As the rules have them. Days to propose and until a case closes are calendar days, the others working days."""

    days_to_accept: int = 5
    days_to_propose: int = 30
    months_to_conclude: int = 3
    days_to_feed_back: int = 15
    days_open_after_rating: int = 7
    days_open_unrated: int = 30
    months_to_look_back: int = 3
    days_to_answer: int = 5
    days_to_receipt: int = 5


async def read_calendar() -> Calendar:
    kept = await Holiday.filter(is_active=True)
    return Calendar(added={date.fromisoformat(row.day): row.kind is DayKind.WORKING for row in kept})


async def read_figures() -> dict[str, Figures]:
    """By county, of those that have set some."""
    return {row.county_id: _given(row) for row in await CountyFigures.filter(is_active=True)}


def _given(row: CountyFigures) -> Figures:
    given = {name: getattr(row, name) for name in NAMES}
    return Figures(**{name: value for name, value in given.items() if value is not None})
