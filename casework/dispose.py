"""处置意见: the handler proposes what to do with the matter, and a leader who is somebody else has to approve it."""

from datetime import date, datetime

from tortoise.transactions import in_transaction

from access.reports import lock_report
from access.viewer import Viewer
from casework import texts
from casework.approvers import approver_for
from casework.errors import FieldWrong, TransitionNotAllowed
from casework.transitions import next_status
from casework.words import TEXT_LIMIT, words_of
from dossier.records import keep_record, void_open
from dossier.rows import report_key
from models.choices import Disposition, Kind, Rating, RecordKind, Status
from models.report import Report
from models.staff import Staff
from organisation.house import House
from vault.log import record

FOR_CLUES = (Disposition.TALK, Disposition.VERIFY, Disposition.HOLD, Disposition.DISMISS)
FOR_OTHERS = (Disposition.ANSWER, Disposition.REFER)
LONGEST_HOLD_DAYS = 366


async def dispose(
    number: str,
    *,
    disposition: str,
    text: str,
    by: Viewer,
    house: House,
    study: str = "",
    review_on: str = "",
) -> None:
    """A proposal that nobody has approved yet gives way to a later one.

    Raises `FieldWrong`, `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then.
    """
    at = house.clock.now()
    today = at.astimezone(house.timezone).date()
    async with in_transaction():
        report = await lock_report(by, number=number)
        next_status("dispose", status=report.status, role=by.role)
        if report.status is Status.HANDLING and report.disposition is not Disposition.HOLD:
            raise TransitionNotAllowed(texts.DISPOSED_ALREADY)
        await _check_hands(report, by=by)
        chosen = _chosen(disposition, kind=report.kind)
        content = {
            "disposition": str(chosen),
            "text": words_of(text, field="text", limit=TEXT_LIMIT, missing=texts.PROPOSAL_MISSING),
            "study": _study(study, disposition=chosen),
            "review_on": _review_day(review_on, disposition=chosen, today=today),
        }
        await _propose(report, content=content, by=by, house=house, at=at)
        await record(
            "report.dispose", by=by.actor, at=at, report_id=report.id, data={"disposition": str(chosen)}
        )
    await house.coordination.wake("outbox")


def dispositions_for(kind: Kind | None) -> tuple[Disposition, ...]:
    return FOR_CLUES if kind is Kind.CLUE else FOR_OTHERS


async def _check_hands(report: Report, *, by: Viewer) -> None:
    """What the reporter found unsolved is for the one it was given to, not for whoever had it before."""
    if report.rating == Rating.UNSOLVED and report.handler_id not in (None, by.staff_id):
        named = await Staff.get(id=report.handler_id)
        raise TransitionNotAllowed(texts.THEIRS_THIS_TIME.format(name=named.name))


async def _propose(
    report: Report, *, content: dict[str, str], by: Viewer, house: House, at: datetime
) -> None:
    key = report_key(report, house=house)
    await void_open(report, kinds=[RecordKind.PROPOSAL], at=at)
    report.approver_id = await approver_for(report, proposer_id=by.staff_id, key=key, house=house)
    # whoever proposes it carries it, unless the leader has named somebody
    report.handler_id = report.handler_id or by.staff_id
    await report.save(update_fields=["approver_id", "handler_id"])
    await keep_record(
        report,
        kind=RecordKind.PROPOSAL,
        content=content,
        body=by.body_code,
        by_id=by.staff_id,
        is_open=True,
        key=key,
        at=at,
    )


def _chosen(given: str, *, kind: Kind | None) -> Disposition:
    if given not in dispositions_for(kind):
        raise FieldWrong("disposition", texts.DISPOSITION_WRONG)
    return Disposition(given)


def _study(given: str, *, disposition: Disposition) -> str:
    """予以了结 closes a clue without looking into it: never without collective study (Rules art. 17)."""
    if disposition is not Disposition.DISMISS and not given.strip():
        return ""
    return words_of(given, field="study", limit=TEXT_LIMIT, missing=texts.STUDY_MISSING)


def _review_day(given: str, *, disposition: Disposition, today: date) -> str:
    if disposition is not Disposition.HOLD:
        return ""
    try:
        day = date.fromisoformat(given.strip())
    except ValueError:
        raise FieldWrong("review_on", texts.REVIEW_DAY_MISSING) from None
    if not 0 < (day - today).days <= LONGEST_HOLD_DAYS:
        raise FieldWrong("review_on", texts.REVIEW_DAY_WRONG)
    return day.isoformat()
