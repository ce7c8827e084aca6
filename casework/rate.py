"""评价: the reporter says whether it is solved; what is not is taken up again, by somebody else."""

from datetime import datetime

from tortoise.transactions import in_transaction

from casework import texts
from casework.errors import RatingNotPossible
from casework.reopening import reopen
from dossier.records import keep_record
from dossier.rematching import rematch
from dossier.rows import keep_message, report_key
from dossier.timed import locked
from models.choices import Rating, RecordKind, Speaker, Status
from models.report import Report
from organisation.clocks import clocks_of
from organisation.house import House
from vault.log import record


def may_rate(report: Report) -> bool:
    """Once for each feedback."""
    return report.status is Status.FED_BACK and report.rated_at is None


async def rate(report: Report, *, result: Rating, house: House, text: str = "") -> None:
    """For the door that let the reporter in; wake "outbox" after the commit. Raises `RatingNotPossible`."""
    await house.organisation.refresh()
    at = house.clock.now()
    async with in_transaction():
        current = await locked(report.id)
        if not may_rate(current):
            raise RatingNotPossible
        current.rating, current.rated_at = result, at
        current.due_at = clocks_of(current.region_id, house=house).closes_after_rating(at)
        await current.save(update_fields=["rating", "rated_at", "due_at"])
        await _keep(current, result=result, text=text, house=house, at=at)
        owner = current.owner_id
        if result is Rating.UNSOLVED:
            await reopen(current, house=house, at=at)
        data = {"result": str(result), "from": owner, "body": current.owner_id}
        await record("report.rate", by="reporter", at=at, report_id=current.id, data=data)
        if text:
            # somebody who must not see the report may be named only now
            await rematch(current.id, house=house, at=at)
    await report.refresh_from_db()


async def _keep(report: Report, *, result: Rating, text: str, house: House, at: datetime) -> None:
    """What the reporter says of it stands among the messages, like all they said."""
    key = report_key(report, house=house)
    content = {"result": str(result)}
    await keep_record(report, kind=RecordKind.RATING, content=content, key=key, at=at)
    words = texts.RATED.format(result=result.label, text=text).strip()
    await keep_message(report, key=key, text=words, speaker=Speaker.ME, at=at)
