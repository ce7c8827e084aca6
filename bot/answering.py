"""`回答`: what staff asked about a report is shown, and the next thing said is the answer."""

from collections.abc import Sequence

from bot import texts
from bot.effects import Act
from bot.keeping_media import expected
from bot.paging import paged
from bot.talks import Talk
from dossier.questions import question_to
from dossier.rows import report_key
from intake.answering import answer_question, may_answer
from models.report import Report
from organisation.house import House


async def show_question(report: Report, *, talk: Talk, house: House) -> str:
    """Empty where there is none any more."""
    asked = await question_to(report, key=report_key(report, house=house)) if may_answer(report) else None
    if asked is None:
        return ""
    offered = tuple(asked.options)
    talk.state = talk.state._replace(
        stage="acting",
        act=texts.ANSWER,
        report=report.number,
        places=(asked.id,),
        offered=offered,
    )
    how = texts.QUESTION_IN_WORDS if offered else texts.QUESTION_FREELY
    lines = [*([texts.choices(list(offered))] if offered else []), how + texts.QUESTION_LEFT]
    around = texts.QUESTION.format(number=report.number, text="", choices="\n".join(lines))
    words = paged(asked.text, talk=talk, room=len(around.encode()))
    return texts.QUESTION.format(number=report.number, text=words, choices="\n".join(lines))


async def answer(effect: Act, report: Report, talk: Talk, openid: str, house: House) -> str:
    text: str = effect.text
    attachments: Sequence[str] = ()
    if effect.note is not None:
        text, attachments = await expected(effect.note, talk=talk, house=house)
    await answer_question(
        report,
        question=effect.to,
        text=text,
        attachments=attachments,
        conversation_id=talk.id,
        house=house,
    )
    return texts.ANSWERED
