"""季度反馈: the cases room marks that the letters room was told what was concluded in a quarter."""

from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from access.quarters import count_concluded, may_give_quarters
from access.viewer import Viewer
from casework import texts
from casework.errors import FieldWrong, TransitionNotAllowed
from models.quarterly_feedback import QuarterlyFeedback
from organisation.house import House
from organisation.quarters import read_quarter
from vault.log import record


async def give_quarter(given: str, *, by: Viewer, house: House) -> None:
    """Once for a quarter that is over; from then on the letters room reads it.

    Raises `FieldWrong` or `TransitionNotAllowed`; nothing is changed then.
    """
    at, quarter = house.clock.now(), read_quarter(given)
    if quarter is None:
        raise FieldWrong("quarter", texts.QUARTER_WRONG)
    since, until = quarter.begins_at(timezone=house.timezone), quarter.ends_at(timezone=house.timezone)
    if not may_give_quarters(by) or until > at:
        raise TransitionNotAllowed(texts.QUARTER_NOT_OVER)
    count = sum((await count_concluded(by, since=since, until=until)).values())
    try:
        async with in_transaction():
            await QuarterlyFeedback.create(
                county_id=by.county_code, quarter=str(quarter), by_id=by.staff_id, given_at=at
            )
            data = {"quarter": str(quarter), "rows": count}
            await record("quarter.give", by=by.actor, at=at, object_id=by.county_code, data=data)
    except IntegrityError:
        raise TransitionNotAllowed(texts.QUARTER_GIVEN) from None


async def given_quarters(county_code: str) -> dict[str, QuarterlyFeedback]:
    """By quarter, each with whoever gave it; the newest first."""
    found = QuarterlyFeedback.filter(county_id=county_code).order_by("-quarter").select_related("by")
    return {each.quarter: each for each in await found}
