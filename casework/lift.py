"""提级: a higher body takes the matter, by a written authorisation."""

from collections.abc import Iterator

from tortoise.transactions import in_transaction

from access.viewer import Viewer
from casework import texts
from casework.errors import TransitionNotAllowed
from casework.moving import move
from casework.reaching import lock_for_above
from casework.transitions import next_status, part_of
from casework.words import reason_of
from dossier.rows import report_key
from dossier.rulings import Ruling, decide_directed
from models.report import Report
from organisation.house import House
from routing.places import Place
from vault.keys import DataKey


async def lift(number: str, *, reason: str, by: Viewer, house: House) -> None:
    """Raises `FieldWrong`, `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then."""
    reason = reason_of(reason)
    await house.organisation.refresh()
    at = house.clock.now()
    async with in_transaction():
        report = await lock_for_above(by, number=number, at=at)
        next_status("lift", status=report.status, role=part_of(by, action="lift"))
        key = report_key(report, house=house)
        ruling = await _to_above(report, by=by, key=key, house=house)
        given = {"authorisation": reason, "to": ruling.body}
        await move(report, cause="lift", ruling=ruling, given=given, key=key, by=by, house=house, at=at)
    await house.coordination.wake("outbox")


async def _to_above(report: Report, *, by: Viewer, key: DataKey, house: House) -> Ruling:
    table = house.organisation.table
    for to in _takers(report.owner_id, by=by, place=table.place(report.region_id)):
        ruling = await decide_directed(report, key=key, table=table, to=to, direction="lift")
        if isinstance(ruling, Ruling):
            return ruling
    # the same words whatever stands against it: the row of a ledger must not tell who is in conflict
    raise TransitionNotAllowed(texts.CANNOT_LIFT)


def _takers(owner: str, *, by: Viewer, place: Place) -> Iterator[str]:
    """The acting body takes it from below; of its own matter, and for the cases room, the next above does."""
    if owner != by.body_code and by.room != "cases":
        yield by.body_code
        return
    if place.head not in (by.body_code, owner):
        yield place.head
    yield place.city_body
