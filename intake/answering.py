"""A reporter answers what they were asked: their words reach those who answer for the report, and the clock goes on."""

from collections.abc import Sequence

from tortoise.transactions import in_transaction

from dossier.notices import tell_responsible
from dossier.pausing import go_on
from dossier.questions import question_to
from dossier.records import settle
from dossier.rematching import OPEN, rematch
from dossier.rows import report_key
from dossier.timed import locked
from intake.errors import DraftEmpty
from intake.supplement import keep_words
from intake.texts import ANSWER, ANSWERED_BY_FILE
from models.choices import RecordOutcome
from models.errors import DomainError
from models.report import Report
from organisation.house import House
from vault.log import record


class QuestionGone(DomainError):
    """Answered, replaced by another, or the matter went to other hands."""

    key = "question-gone"
    message = "这个问题已经回答过，或者工作人员换了问法。请看最新的往来。"


def may_answer(report: Report) -> bool:
    return report.question_id is not None and report.status in OPEN


async def answer_question(
    report: Report,
    *,
    question: str,
    text: str,
    house: House,
    attachments: Sequence[str] = (),
    conversation_id: str | None = None,
    session_index: str | None = None,
) -> None:
    """For the door that let the reporter in; wake "outbox" after the commit.

    Raises `QuestionGone`, `DraftEmpty` when nothing is said, or what `link_attachments` raises.
    """
    text = text.strip()
    if not text and not attachments:
        raise DraftEmpty
    at = house.clock.now()
    async with in_transaction():
        current = await locked(report.id)
        key = report_key(current, house=house)
        asked = await question_to(current, key=key) if may_answer(current) else None
        if asked is None or asked.id != question:
            raise QuestionGone
        message = await keep_words(
            current,
            text=ANSWER.format(text=text).strip(),
            house=house,
            attachments=attachments,
            conversation_id=conversation_id,
            session_index=session_index,
        )
        said = {"text": text or ANSWERED_BY_FILE}
        await settle(asked.row, outcome=RecordOutcome.ANSWERED, answer=said, key=key, at=at)
        current.question_id = None
        await current.save(update_fields=["question_id"])
        await go_on(current, by_id=None, is_answered=True, house=house, at=at)
        await record(
            "report.answer-question", by="reporter", at=at, report_id=report.id, object_id=message.id
        )
        # somebody who must not see the report may be named only now, and be told no more
        await rematch(report.id, house=house, at=at)
        await report.refresh_from_db()
        await tell_responsible(report, about=message, key=key, house=house, at=at)
