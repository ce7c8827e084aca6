"""`查询`: a receipt opens the progress of its report and the latest answer, from any phone."""

from datetime import datetime

from access.own import report_by_receipt
from bot import texts
from bot.effects import Look
from bot.entering import Entries
from bot.talks import Talk
from dossier.contents import latest_reply, mark_read
from models.choices import Status
from models.report import Report
from organisation.house import House
from organisation.receipts import PREFIX_LENGTH
from organisation.tries import count_try, forgive


async def look(effect: Look, *, talk: Talk, openid: str, at: datetime, entries: Entries, house: House) -> str:
    tried = (
        f"person:{talk.person_index}",
        f"receipt:{house.vault.index('receipt-prefix', effect.receipt[:PREFIX_LENGTH])}",
    )
    standing = await count_try(tried, house=house)
    if standing.refused_for or standing.is_too_soon:
        return texts.RECEIPT_WAIT.format(minutes=max(1, standing.refused_for // 60))
    report = await report_by_receipt(house.vault.index("receipt", effect.receipt))
    if report is None:
        return texts.RECEIPT_WRONG
    await forgive(tried, house=house)
    return await progress(report, house=house)


async def progress(report: Report, *, house: House) -> str:
    is_on_its_way = report.status is Status.RECEIVED and report.has_moved
    status = texts.MOVED_IN_WORDS if is_on_its_way else texts.STATUS_IN_WORDS[str(report.status)]
    head = texts.PROGRESS.format(number=report.number, status=status)
    latest = await latest_reply(report, at=house.clock.now())
    if latest is None:
        return head + texts.NO_REPLY_YET
    await mark_read([latest])
    key = house.vault.key(report.data_key, place=f"report:{report.id}:key")
    text = key.open_text(bytes(latest.sealed_text), place=f"message:{latest.id}:text")
    at = latest.said_at.astimezone(house.timezone).strftime("%m月%d日 %H:%M")
    return head + texts.LATEST.format(at=at, text=text)
