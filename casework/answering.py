"""What granting and refusing a reporter's request for recusal have in common."""

from datetime import datetime

from access.viewer import Viewer
from casework import texts
from casework.errors import FieldWrong
from dossier.notices import tell_reporter_reply
from dossier.requests import pending_requests, settle
from dossier.rows import keep_message
from models.choices import Speaker
from models.recusal_request import RecusalRequest
from models.report import Report
from organisation.house import House
from vault.keys import DataKey


async def pending_request(report: Report, *, request: str) -> RecusalRequest:
    """Raises `FieldWrong`: somebody may have answered it before."""
    found = next((asked for asked in await pending_requests(report) if asked.id == request), None)
    if found is None:
        raise FieldWrong("request", texts.REQUEST_GONE)
    return found


async def answer_request(
    asked: RecusalRequest,
    *,
    report: Report,
    is_granted: bool,
    text: str,
    key: DataKey,
    by: Viewer,
    house: House,
    at: datetime,
) -> None:
    answer = await keep_message(
        report, key=key, text=text, speaker=Speaker.STAFF, at=at, staff_id=by.staff_id
    )
    await settle(asked, is_granted=is_granted, answer=answer, by_id=by.staff_id, at=at)
    await tell_reporter_reply(report, message=answer, key=key, house=house, at=at)
