"""A report as its reporter sees it."""

from typing import Any, Final, Literal

from casework.rate import may_rate
from dossier.contents import mark_read, told_to_reporter
from dossier.questions import question_to
from dossier.rows import report_key
from intake.answering import may_answer
from intake.asking_recusal import may_ask_recusal
from intake.withdrawal import may_withdraw
from miniapp_api import shapes
from miniapp_api.places import area_of, place_of
from miniapp_api.texts import MOVED, STATUS_TEXTS, WITHDRAWN
from models.choices import Speaker, Status
from models.report import Report
from organisation.house import House

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
    return shapes.OpenedReport(
        **shown(report, house=house),
        messages=await _messages(report, house=house),
        question=await _question(report, house=house),
        rating=report.rating,
        may=_may(report),
    )


async def _messages(report: Report, *, house: House) -> list[shapes.MessageItem]:
    key = house.vault.key(report.data_key, place=f"report:{report.id}:key")
    said_so_far, attached = await told_to_reporter(report, at=house.clock.now())
    await mark_read(said_so_far)
    return [
        shapes.MessageItem(
            at=said.said_at,
            speaker=TOLD[said.speaker],
            text=key.open_text(bytes(said.sealed_text), place=f"message:{said.id}:text"),
            attachments=[row.id for row in attached.get(said.id, [])],
        )
        for said in said_so_far
    ]


async def _question(report: Report, *, house: House) -> shapes.QuestionItem | None:
    asked = await question_to(report, key=report_key(report, house=house)) if may_answer(report) else None
    return shapes.QuestionItem(id=asked.id, text=asked.text, options=list(asked.options)) if asked else None


def _may(report: Report) -> list[str]:
    may = [] if report.status is Status.CLOSED else ["messages"]
    may += ["answer"] if may_answer(report) else []
    may += ["recusal-requests"] if may_ask_recusal(report) else []
    may += ["protection-requests"]
    may += ["rating"] if may_rate(report) else []
    return [*may, "withdrawal"] if may_withdraw(report) else may
