"""受理: the body takes the matter on and says of what kind it is; what is linked to it is taken on with it."""

from datetime import datetime
from functools import partial
from typing import Final

from tortoise.transactions import in_transaction

from access.viewer import Viewer
from casework import texts
from casework.errors import FieldWrong
from casework.together import do_each, locked_together
from casework.transitions import TABLE, next_status
from dossier.notices import tell_reporter_progress
from dossier.quarantine import leave_quarantine
from dossier.rows import keep_message, report_key
from models.choices import Kind, Speaker
from models.report import CLOCK, Report
from organisation.clocks import clocks_of
from organisation.house import House
from vault.log import record

MATTERS: Final = tuple(kind for kind in Kind if kind is not Kind.CONSULT)
"""What a matter is found to be; a conversation with staff becomes one of these (docs/decisions/0035)."""


async def accept(number: str, *, kind: str, by: Viewer, house: House, together: str = "") -> None:
    """With `together` also what is linked to it and still received.

    Raises `FieldWrong`, `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then.
    """
    if kind not in MATTERS:
        raise FieldWrong("kind", texts.KIND_WRONG)
    at = house.clock.now()
    async with in_transaction():
        reports = await locked_together(number, together=together, by=by)
        take_on = partial(_take_on, kind=Kind(kind), by=by, house=house, at=at)
        await do_each(reports, starts=TABLE["accept"].starts, do=take_on)
    await house.coordination.wake("outbox")


async def _take_on(
    report: Report, is_told: bool, *, kind: Kind, by: Viewer, house: House, at: datetime
) -> None:
    report.status = next_status("accept", status=report.status, role=by.role)
    report.kind = kind
    report.accepted_at = at
    report.run_until(clocks_of(report.region_id, house=house).to_propose_by(at))
    await report.save(update_fields=["status", "kind", "accepted_at", *CLOCK])
    await leave_quarantine(report, at=at)
    key = report_key(report, house=house)
    text = texts.ACCEPTED.format(body=by.body_name)
    message = await keep_message(report, key=key, text=text, speaker=Speaker.SYSTEM, at=at)
    if is_told:
        await tell_reporter_progress(report, message=message, key=key, house=house, at=at)
    await record("report.accept", by=by.actor, at=at, report_id=report.id, data={"kind": str(kind)})
