"""不同意回避请求: the leader sees no reason for it and tells the reporter why."""

from tortoise.transactions import in_transaction

from access.reports import lock_report
from access.viewer import Viewer
from casework import texts
from casework.answering import answer_request, pending_request
from casework.transitions import next_status
from casework.words import TEXT_LIMIT, words_of
from dossier.rows import report_key
from organisation.house import House
from vault.log import record


async def refuse_recusal(number: str, *, request: str, text: str, by: Viewer, house: House) -> None:
    """Whoever was matched stays kept away until somebody dismisses the match.

    Raises `FieldWrong`, `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then.
    """
    told = words_of(text, field="text", limit=TEXT_LIMIT, missing=texts.REFUSAL_MISSING)
    at = house.clock.now()
    async with in_transaction():
        report = await lock_report(by, number=number)
        next_status("refuse-recusal", status=report.status, role=by.role)
        key = report_key(report, house=house)
        asked = await pending_request(report, request=request)
        await answer_request(
            asked,
            report=report,
            is_granted=False,
            text=texts.REQUEST_REFUSED.format(text=told),
            key=key,
            by=by,
            house=house,
            at=at,
        )
        await record("report.refuse-recusal", by=by.actor, at=at, report_id=report.id, object_id=asked.id)
    await house.coordination.wake("outbox")
