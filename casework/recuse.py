"""回避: somebody may have nothing more to do with a report; it is taken away at once and decided again."""

from tortoise.transactions import in_transaction

from access.reports import lock_report
from access.viewer import Viewer
from casework.keeping_away import keep_away, out_of
from casework.transitions import next_status
from casework.words import reason_of
from dossier.rows import report_key
from organisation.house import House
from vault.log import record


async def recuse(number: str, *, reason: str, by: Viewer, house: House, who: str = "") -> None:
    """`who` is empty for oneself, else a value of `casework.keeping_away.may_be_out`.

    Raises `FieldWrong`, `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then.
    """
    reason = reason_of(reason)
    # decided on the newest organisation, or somebody just added would be forgotten
    await house.organisation.refresh()
    at = house.clock.now()
    async with in_transaction():
        report = await lock_report(by, number=number)
        next_status("recuse", status=report.status, role=by.role)
        key = report_key(report, house=house)
        out = await out_of(who, report=report, key=key, by=by, house=house)
        moved = await keep_away(report, out=out, reason=reason, key=key, by=by, house=house, at=at)
        await record(
            "report.recuse",
            by=by.actor,
            at=at,
            report_id=report.id,
            # of a match the id of its bar: the log must not say who may be the one reported
            object_id=out.who if out.who.startswith("match:") else out.key,
            data=moved,
        )
    await house.coordination.wake("outbox")
