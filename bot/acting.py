"""What somebody does with a report of theirs from the chat; the same actions the mini-program calls."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Final

from bot import texts
from bot.answering import answer
from bot.business import back_to_saying
from bot.consulting import speak
from bot.discarding import discard_draft
from bot.effects import Act, Consult, More, Unlink
from bot.entering import Entries
from bot.keeping_media import expected
from bot.owning import own_in_chat
from bot.paging import paged
from bot.state import State
from bot.talks import Talk
from casework.rate import rate
from dossier.facts import details_of
from dossier.rows import report_key
from intake.asking_protection import ask_protection
from intake.asking_recusal import ask_recusal
from intake.draft import chat_reporter
from intake.relinking import relink
from intake.supplement import add_message
from intake.unlinking import unlink_reports
from intake.withdrawal import withdraw
from models.choices import Kind, Rating, Status
from models.report import Report
from organisation.house import House


async def act(effect: Act, *, talk: Talk, openid: str, at: datetime, entries: Entries, house: House) -> str:
    """Raises `ReportNotFound` or what the action refuses with; the question stands then."""
    report = await own_in_chat(effect.number, talk=talk, openid=openid, house=house)
    answer = await ACTS[effect.act](effect, report, talk, openid, house)
    if effect.act != texts.ADD:
        # the next word of this kind is weighed anew; a receipt stays as long as the report it opened
        report_open = talk.state.report if talk.state.receipt else ""
        talk.state = back_to_saying(talk.state)._replace(report=report_open)
    return answer


async def _add(effect: Act, report: Report, talk: Talk, openid: str, house: House) -> str:
    text: str = effect.text
    attachments: Sequence[str] = ()
    if report.status is Status.CLOSED:
        return await _after_the_end(effect, report, talk, openid, house)
    if effect.note is not None:
        text, attachments = await expected(effect.note, talk=talk, house=house)
    await add_message(report, text=text, attachments=attachments, conversation_id=talk.id, house=house)
    return texts.ADDED.format(number=report.number)


async def _after_the_end(effect: Act, report: Report, talk: Talk, openid: str, house: House) -> str:
    """It was ended meanwhile: nothing said is put where nobody looks any more."""
    talk.state = back_to_saying(talk.state)
    if report.kind is not Kind.CONSULT:
        return texts.CLOSED_MEANWHILE.format(number=report.number)
    avoided = details_of(report, key=report_key(report, house=house)).get("avoid") or ()
    again = Consult(
        entry=report.entry_id,
        avoid="township" if "township" in avoided else "",
        text=effect.text,
        note=effect.note,
    )
    return await speak(again, talk=talk, openid=openid, house=house)


async def _withdraw(effect: Act, report: Report, talk: Talk, openid: str, house: House) -> str:
    await withdraw(report, house=house)
    return texts.WITHDRAWN.format(number=report.number)


async def _ask_recusal(effect: Act, report: Report, talk: Talk, openid: str, house: House) -> str:
    await ask_recusal(report, text=effect.text, house=house)
    return texts.RECUSAL_ASKED.format(number=report.number)


async def _ask_protection(effect: Act, report: Report, talk: Talk, openid: str, house: House) -> str:
    await ask_protection(report, text=effect.text, house=house)
    return texts.PROTECTION_ASKED.format(number=report.number)


async def _rate(effect: Act, report: Report, talk: Talk, openid: str, house: House) -> str:
    result = Rating(effect.text)
    await rate(report, result=result, house=house)
    return texts.RATED_UNSOLVED if result is Rating.UNSOLVED else texts.RATED


async def _relink(effect: Act, report: Report, talk: Talk, openid: str, house: House) -> str:
    await relink(report, openid=openid, conversation_id=talk.id, house=house)
    return texts.RELINKED.format(number=report.number)


ACTS: Final[dict[str, Callable[[Act, Report, Talk, str, House], Awaitable[str]]]] = {
    texts.ANSWER: answer,
    texts.ADD: _add,
    texts.WITHDRAW: _withdraw,
    texts.ASK_RECUSAL: _ask_recusal,
    texts.ASK_PROTECTION: _ask_protection,
    texts.RATE: _rate,
    texts.RELINK: _relink,
}


async def unlink(
    effect: Unlink, *, talk: Talk, openid: str, at: datetime, entries: Entries, house: House
) -> str:
    """What the chat may forget on request; what is filed stays with its case."""
    await discard_draft(talk.id, house=house)
    count = await unlink_reports(chat_reporter(openid, vault=house.vault), house=house, at=at)
    talk.state = State(entry=talk.state.entry)
    return texts.LINK_CUT.format(count=count)


async def more(effect: More, *, talk: Talk, openid: str, at: datetime, entries: Entries, house: House) -> str:
    rest = talk.state.more
    talk.state = talk.state._replace(more="")
    return paged(rest, talk=talk) if rest else texts.NO_MORE
