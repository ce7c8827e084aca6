"""`查询`: a receipt opens the progress of its report and the latest answer, from any phone."""

from datetime import datetime

from access.own import report_by_receipt
from bot import texts
from bot.effects import Look
from bot.entering import Entries
from bot.showing import show
from bot.talks import Talk
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
    index = house.vault.index("receipt", effect.receipt)
    report = await report_by_receipt(index)
    if report is None:
        return texts.RECEIPT_WRONG
    await forgive(tried, house=house)
    talk.state = talk.state._replace(receipt=index)
    return await show(report, talk=talk, house=house)
