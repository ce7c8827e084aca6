"""分派: the leader names the handler who works on the matter; that handler is told."""

from tortoise.transactions import in_transaction

from access.notified import Standing, staff_standing
from access.reports import lock_report
from access.viewer import Viewer
from casework import texts
from casework.errors import FieldWrong, TransitionNotAllowed
from casework.transitions import next_status
from delivery.outbox import Recipient
from dossier.notices import tell
from dossier.rows import report_key
from models.choices import Role
from models.fields import to_millis
from models.report import Report
from models.staff import Staff
from organisation.house import House
from vault.log import record


async def assign(number: str, *, staff: str, by: Viewer, house: House) -> None:
    """`staff` is the username of a handler of the body who may see the report.

    Raises `FieldWrong`, `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then.
    """
    at = house.clock.now()
    async with in_transaction():
        report = await lock_report(by, number=number)
        next_status("assign", status=report.status, role=by.role)
        person = await _handler(staff, report=report, house=house)
        if person.id == report.handler_id:
            raise TransitionNotAllowed(texts.ALREADY_THEIRS.format(name=person.name))
        report.handler_id = person.id
        await report.save(update_fields=["handler_id"])
        if person.openid_index is not None:
            told = Recipient(
                dedupe=f"report_new:{report.id}:assign:{to_millis(at)}:staff:{person.id}", staff_id=person.id
            )
            await tell([told], report=report, key=report_key(report, house=house), house=house, at=at)
        await record("report.assign", by=by.actor, at=at, report_id=report.id, object_id=f"staff:{person.id}")
    await house.coordination.wake("outbox")


async def assignable(report: Report, *, house: House) -> list[Staff]:
    """Handlers of the owning body who may see the report."""
    handlers = await handlers_of(report.owner_id)
    return [person for person in handlers if await _may(person, report=report, house=house)]


async def handlers_of(body_code: str) -> list[Staff]:
    return await Staff.filter(body_id=body_code, role=Role.HANDLER, is_active=True).order_by("id")


async def _handler(username: str, *, report: Report, house: House) -> Staff:
    person = await Staff.get_or_none(username=username, body_id=report.owner_id, role=Role.HANDLER)
    # somebody barred is refused in the same words as somebody who is not there
    if person is None or not await _may(person, report=report, house=house):
        raise FieldWrong("staff", texts.STAFF_WRONG)
    return person


async def _may(person: Staff, *, report: Report, house: House) -> bool:
    return await staff_standing(person, report_id=report.id, vault=house.vault) is Standing.MAY
