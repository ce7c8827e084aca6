"""A report as its reporter sees it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

from casework.rate import may_rate
from dossier.contents import all_said, mark_read, told_to_reporter
from dossier.questions import question_to
from dossier.rows import report_key
from intake.answering import may_answer
from intake.asking_recusal import may_ask_recusal
from intake.withdrawal import may_withdraw
from miniapp_api import shapes
from miniapp_api.places import area_of, place_of
from miniapp_api.texts import MOVED, STATUS_TEXTS, WITHDRAWN
from models.choices import Speaker, Status
from models.message import Message
from models.report import Report
from organisation.house import House
from vault.keys import DataKey

# a liaison's answer is for staff alone
TOLD: Final[dict[Speaker, Literal["me", "staff", "system"]]] = {
    Speaker.ME: "me",
    Speaker.STAFF: "staff",
    Speaker.SYSTEM: "system",
}


def shown(report: Report, *, house: House) -> dict[str, Any]:
    """The fields of a `ReportItem`: neither who handles it nor where it was sent."""
    table = house.organisation.table
    is_on_its_way = report.status is Status.RECEIVED and report.has_moved
    words = MOVED if is_on_its_way else STATUS_TEXTS[str(report.status)]
    return {
        "number": report.number,
        "status": report.status,
        "status_text": words + WITHDRAWN if report.is_withdrawn else words,
        "area": area_of(table, report.area_id),
        "region": place_of(table, report.region_id),
        "submitted_at": report.submitted_at,
    }


async def opened(report: Report, *, house: House) -> shapes.OpenedReport:
    """As it stands now, in the transaction that changed it."""
    said, files = await all_said(report)
    return await whole(report, said=said, files=files, house=house)


async def whole(
    report: Report, *, said: Sequence[Message], files: Mapping[str, Sequence[str]], house: House
) -> shapes.OpenedReport:
    """`said` is all that was said about it, `files` the ids of what came with each message."""
    key = report_key(report, house=house)
    told = told_to_reporter(said, at=house.clock.now())
    await mark_read(told)
    return shapes.OpenedReport(
        **shown(report, house=house),
        messages=[_message(one, files=files.get(one.id, ()), key=key) for one in told],
        question=await _question(report, key=key),
        rating=report.rating,
        may=_may(report),
    )


def _message(said: Message, *, files: Sequence[str], key: DataKey) -> shapes.MessageItem:
    return shapes.MessageItem(
        at=said.said_at,
        speaker=TOLD[said.speaker],
        text=key.open_text(bytes(said.sealed_text), place=f"message:{said.id}:text"),
        attachments=list(files),
    )


async def _question(report: Report, *, key: DataKey) -> shapes.QuestionItem | None:
    asked = await question_to(report, key=key) if may_answer(report) else None
    return shapes.QuestionItem(id=asked.id, text=asked.text, options=list(asked.options)) if asked else None


def _may(report: Report) -> list[str]:
    may = [] if report.status is Status.CLOSED else ["messages"]
    may += ["answer"] if may_answer(report) else []
    may += ["recusal-requests"] if may_ask_recusal(report) else []
    may += ["protection-requests"]
    may += ["rating"] if may_rate(report) else []
    return [*may, "withdrawal"] if may_withdraw(report) else may
