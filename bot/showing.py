"""A report as its reporter sees it in the chat: how it stands, the latest answer, and what may be done now."""

from collections.abc import Sequence

from bot import texts
from bot.paging import paged
from bot.talks import Talk
from casework.rate import may_rate
from dossier.contents import latest_reply, mark_read
from intake.answering import may_answer
from intake.asking_recusal import may_ask_recusal
from intake.relinking import may_relink
from intake.withdrawal import may_withdraw
from models.choices import Status
from models.report import Report
from organisation.house import House


async def show(report: Report, *, talk: Talk, house: House) -> str:
    """How it stands, and what may be done now."""
    acts = tuple(acts_of(report))
    talk.state = talk.state._replace(stage="opened", report=report.number, act="", places=(), offered=acts)
    words = paged(
        await progress(report, house=house), talk=talk, room=len(texts.choices(list(acts)).encode())
    )
    return f"{words}\n{texts.choices(list(acts))}" if acts else words


def acts_of(report: Report) -> Sequence[str]:
    may = [texts.ANSWER] if may_answer(report) else []
    may += [texts.RATE] if may_rate(report) else []
    may += [texts.RELINK] if may_relink(report) else []
    may += [] if report.status is Status.CLOSED else [texts.ADD]
    may += [texts.WITHDRAW] if may_withdraw(report) else []
    may += [texts.ASK_RECUSAL] if may_ask_recusal(report) else []
    return [*may, texts.ASK_PROTECTION]


def status_in_words(report: Report) -> str:
    is_on_its_way = report.status is Status.RECEIVED and report.has_moved
    words = texts.MOVED_IN_WORDS if is_on_its_way else texts.STATUS_IN_WORDS[str(report.status)]
    return words + texts.WITHDRAWN_TOO if report.is_withdrawn else words


async def progress(report: Report, *, house: House) -> str:
    head = texts.PROGRESS.format(number=report.number, status=status_in_words(report))
    latest = await latest_reply(report, at=house.clock.now())
    if latest is None:
        return head + texts.NO_REPLY_YET
    await mark_read([latest])
    key = house.vault.key(report.data_key, place=f"report:{report.id}:key")
    text = key.open_text(bytes(latest.sealed_text), place=f"message:{latest.id}:text")
    at = latest.said_at.astimezone(house.timezone).strftime("%m月%d日 %H:%M")
    return head + texts.LATEST.format(at=at, text=text)
