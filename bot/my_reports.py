"""`我的`: one's reports by number, never by their words; a phone may be lost with the chat open."""

from datetime import datetime

from access.own import own_report, reports_of
from bot import texts
from bot.answering import show_question
from bot.business import begin
from bot.effects import Ask, Mine, Open
from bot.entering import Entries
from bot.owning import own_in_chat
from bot.showing import acts_of, show, status_in_words
from bot.talks import Talk
from intake.draft import chat_reporter
from models.report import Report
from organisation.house import House

MOST_SHOWN = 7


async def mine(effect: Mine, *, talk: Talk, openid: str, at: datetime, entries: Entries, house: House) -> str:
    reports = await reports_of(chat_reporter(openid, vault=house.vault), limit=20)
    fitting = [report for report in reports if not effect.act or effect.act in acts_of(report)][:MOST_SHOWN]
    if not fitting:
        if effect.act == texts.ADD and talk.state.pieces:
            return texts.GO_ON
        return nothing_fits(effect.act) if reports else texts.NONE_OF_YOURS
    if len(fitting) == 1:
        if not effect.act:
            return await show(fitting[0], talk=talk, house=house)
        turn = begin(talk.state._replace(report=fitting[0].number), effect.act)
        talk.state = turn.state
        return turn.answer or await show_question(fitting[0], talk=talk, house=house)
    offered = tuple(_line(report, house=house) for report in fitting)
    numbers = tuple(report.number for report in fitting)
    talk.state = talk.state._replace(stage="choosing", act=effect.act, places=numbers, offered=offered)
    return texts.WHICH_REPORT.format(choices=texts.choices(list(offered)))


def nothing_fits(act: str) -> str:
    return texts.NOT_ASKED if act == texts.ANSWER else texts.NONE_FITS


async def open_one(
    effect: Open, *, talk: Talk, openid: str, at: datetime, entries: Entries, house: House
) -> str:
    """Raises `ReportNotFound`: the link may have been cut since it was offered."""
    report = await own_report(number=effect.number, person_index=chat_reporter(openid, vault=house.vault))
    return await show(report, talk=talk, house=house)


async def ask(effect: Ask, *, talk: Talk, openid: str, at: datetime, entries: Entries, house: House) -> str:
    """What is asked about the open report, or about another one; raises `ReportNotFound`."""
    report = await own_in_chat(effect.number, talk=talk, openid=openid, house=house)
    shown = await show_question(report, talk=talk, house=house)
    if shown:
        return shown
    talk.state = talk.state._replace(report="")
    return await mine(Mine(act=texts.ANSWER), talk=talk, openid=openid, at=at, entries=entries, house=house)


def _line(report: Report, *, house: House) -> str:
    day = report.submitted_at.astimezone(house.timezone)
    area = house.organisation.table.areas.get(report.area_id, "")
    return texts.REPORT_LINE.format(
        number=report.number, month=day.month, day=day.day, area=area, status=status_in_words(report)
    )
