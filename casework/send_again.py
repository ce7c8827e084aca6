"""再发一次: what did not reach a reporter goes on its way again, as if it had just been written."""

from tortoise.transactions import in_transaction

from access.reports import ReportNotFound
from access.undelivered import report_of_undelivered
from access.viewer import Viewer
from delivery.outbox import revive
from organisation.house import House
from vault.log import record


async def send_again(notice_id: str, *, by: Viewer, house: House) -> None:
    """Raises `ReportNotFound` for what this person may not see, and for what somebody else sent again meanwhile."""
    at = house.clock.now()
    async with in_transaction():
        report_id = await report_of_undelivered(by, notice_id=notice_id)
        if report_id is None or not await revive(notice_id, at=at):
            raise ReportNotFound
        await record("notice.send-again", by=by.actor, at=at, report_id=report_id, object_id=notice_id)
    await house.coordination.wake("outbox")
