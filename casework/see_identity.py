"""查看身份: who reported is hidden even from the handler, until somebody says why they have to know."""

from tortoise.transactions import in_transaction

from access.reports import lock_report
from access.viewer import Viewer
from casework import texts
from casework.errors import TransitionNotAllowed
from casework.transitions import next_status
from casework.words import reason_of
from dossier.identity import Identity, look
from dossier.rows import report_key
from organisation.house import House
from vault.log import record


async def see_identity(number: str, *, reason: str, by: Viewer, house: House) -> Identity:
    """Each call is one look, with its own event. Of an anonymous report there is nothing to see (Rules art. 29).

    Raises `FieldWrong`, `ReportNotFound` or `TransitionNotAllowed`; nothing is shown then.
    """
    reason = reason_of(reason)
    at = house.clock.now()
    async with in_transaction():
        report = await lock_report(by, number=number)
        next_status("see-identity", status=report.status, role=by.role)
        if report.sealed_identity is None:
            raise TransitionNotAllowed(texts.NOBODY_TO_SEE)
        key = report_key(report, house=house)
        identity, look_id = await look(report, key=key, reason=reason, staff_id=by.staff_id, at=at)
        await record("identity.read", by=by.actor, at=at, report_id=report.id, object_id=look_id)
    return identity
