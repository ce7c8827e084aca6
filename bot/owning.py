"""A report that this chat may open: one's own, or the one whose receipt was given in it."""

from access.own import own_report, report_by_receipt
from access.reports import ReportNotFound
from bot.talks import Talk
from intake.draft import chat_reporter
from models.report import Report
from organisation.house import House


async def own_in_chat(number: str, *, talk: Talk, openid: str, house: House) -> Report:
    """Raises `ReportNotFound`."""
    person = chat_reporter(openid, vault=house.vault)
    try:
        return await own_report(number=number, person_index=person)
    except ReportNotFound:
        if not talk.state.receipt:
            raise
    by_receipt = await report_by_receipt(talk.state.receipt)
    if by_receipt is None or by_receipt.number != number:
        raise ReportNotFound
    return by_receipt
