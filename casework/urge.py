"""督办: a body above wants an answer by a day of its own; the matter stays where it is."""

from datetime import date, datetime

from tortoise.transactions import in_transaction

from access.viewer import Viewer
from casework import texts
from casework.errors import FieldWrong, TransitionNotAllowed
from casework.reaching import lock_for_above
from casework.transitions import next_status, part_of
from casework.words import TEXT_LIMIT, words_of
from dossier.records import keep_record
from dossier.rows import report_key
from dossier.urging import tell_urged
from models.choices import RecordKind
from models.fields import to_millis
from organisation.clocks import Clocks, clocks_of, end_of
from organisation.house import House
from vault.log import record

LONGEST_DAYS = 90


async def urge(number: str, *, text: str, by: Viewer, house: House, due_on: str = "") -> None:
    """Without `due_on` (an ISO date) the answer is due in five working days.

    Raises `FieldWrong`, `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then.
    """
    text = words_of(text, field="text", limit=TEXT_LIMIT, missing=texts.URGE_MISSING)
    at = house.clock.now()
    async with in_transaction():
        report = await lock_for_above(by, number=number, at=at)
        next_status("urge", status=report.status, role=part_of(by, action="urge"))
        if report.owner_id == by.body_code:
            raise TransitionNotAllowed(texts.OWN_NOT_URGED)
        due_at = _due(due_on, clocks=clocks_of(report.region_id, house=house), at=at)
        report.urge_due_at = min(due_at, report.urge_due_at or due_at)
        await report.save(update_fields=["urge_due_at"])
        key = report_key(report, house=house)
        kept = await keep_record(
            report,
            kind=RecordKind.URGE,
            content={"text": text, "due_on": due_at.astimezone(house.timezone).date().isoformat()},
            body=by.body_code,
            by_id=by.staff_id,
            due_at=due_at,
            is_open=True,
            key=key,
            at=at,
        )
        tag = f"{to_millis(at)}"
        await tell_urged(report, bodies=[report.owner_id], tag=tag, key=key, house=house, at=at)
        await record("report.urge", by=by.actor, at=at, report_id=report.id, object_id=kept.id)
    await house.coordination.wake("outbox")


def _due(given: str, *, clocks: Clocks, at: datetime) -> datetime:
    if not given.strip():
        return clocks.to_answer_an_urge_by(at)
    try:
        day = date.fromisoformat(given.strip())
    except ValueError:
        raise FieldWrong("due_on", texts.URGE_DAY_WRONG) from None
    if not 0 <= (day - at.astimezone(clocks.timezone).date()).days <= LONGEST_DAYS:
        raise FieldWrong("due_on", texts.URGE_DAY_WRONG)
    return end_of(day, timezone=clocks.timezone)
