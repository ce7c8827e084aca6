"""`查询`: a receipt opens the progress of its report and the latest answer, from any phone."""

from datetime import datetime

from access.own import report_by_receipt
from bot import texts
from bot.effects import Look
from bot.ledger import Talk
from bot.tries import note_wrong_try, seconds_to_wait
from models.choices import Speaker
from models.message import Message
from models.report import Report
from organisation.house import House

PREFIX = 8


async def look(effect: Look, *, talk: Talk, openid: str, at: datetime, house: House) -> str:
    tried = (
        f"person:{talk.person_index}",
        f"receipt:{house.vault.index('receipt-prefix', effect.receipt[:PREFIX])}",
    )
    seconds = await seconds_to_wait(tried, house=house)
    if seconds:
        return texts.RECEIPT_WAIT.format(minutes=seconds // 60)
    report = await report_by_receipt(house.vault.index("receipt", effect.receipt))
    if report is None:
        await note_wrong_try(tried, house=house)
        return texts.RECEIPT_WRONG
    return await progress(report, house=house)


async def progress(report: Report, *, house: House) -> str:
    status = texts.STATUS_IN_WORDS[str(report.status)]
    head = texts.PROGRESS.format(number=report.number, status=status)
    latest = await Message.filter(report_id=report.id, speaker=Speaker.STAFF).order_by("-said_at").first()
    if latest is None:
        return head + texts.NO_REPLY_YET
    key = house.vault.key(report.data_key, place=f"report:{report.id}:key")
    text = key.open_text(bytes(latest.sealed_text), place=f"message:{latest.id}:text")
    at = latest.said_at.astimezone(house.timezone).strftime("%m月%d日 %H:%M")
    return head + texts.LATEST.format(at=at, text=text)
