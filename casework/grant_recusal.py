"""同意回避请求: whom the reporter asked to keep away keeps away for good, and the reporter hears of it."""

from tortoise.transactions import in_transaction

from access.reports import lock_report
from access.viewer import Viewer
from casework import texts
from casework.answering import answer_request, pending_request
from casework.errors import FieldWrong
from casework.keeping_away import keep_away, out_of
from casework.transitions import next_status
from dossier.rows import report_key
from organisation.house import House
from vault.log import record

ONESELF = "me"


async def grant_recusal(number: str, *, request: str, who: str, by: Viewer, house: House) -> None:
    """`who` as in `recuse`, or `ONESELF`: a leader may find that it is about them.

    Raises `FieldWrong`, `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then.
    """
    if not who:
        raise FieldWrong("who", texts.WHO_WRONG)
    await house.organisation.refresh()
    at = house.clock.now()
    async with in_transaction():
        report = await lock_report(by, number=number)
        next_status("grant-recusal", status=report.status, role=by.role)
        key = report_key(report, house=house)
        asked = await pending_request(report, request=request)
        whom = "" if who == ONESELF else who
        out = await out_of(whom, report=report, key=key, by=by, house=house)
        await answer_request(
            asked,
            report=report,
            is_granted=True,
            text=texts.REQUEST_GRANTED,
            key=key,
            by=by,
            house=house,
            at=at,
        )
        reason = texts.GRANTED_ON_REQUEST
        moved = await keep_away(report, out=out, reason=reason, key=key, by=by, house=house, at=at)
        # the request stands for whom it is about: the log must not say who may be the one reported
        await record(
            "report.grant-recusal",
            by=by.actor,
            at=at,
            report_id=report.id,
            object_id=asked.id,
            data=moved,
        )
    await house.coordination.wake("outbox")
