"""Receipts, and what is held about oneself."""

import asyncio

from access.own import held_by, report_by_receipt
from intake.forgetting import forget_person
from miniapp_api import shapes, texts
from miniapp_api.errors import ReceiptUnknown, TooMany
from miniapp_api.operations import (
    EVERYBODY,
    PERSONS,
    RECEIPT,
    Call,
    operation,
)
from miniapp_api.sessions import left_of, open_session, seconds_of
from models.api_draft import ApiDraft
from models.report import Report
from organisation.receipts import PREFIX_LENGTH, is_valid, normalise
from organisation.tries import count_try, forget, forgive, source_name
from vault.log import record


async def find_by_receipt(call: Call) -> Report:
    """Raises `ReceiptUnknown` or `TooMany`; a wrong receipt, a mistyped one and an absent one take the same way."""
    receipt = normalise(call.read(shapes.ReceiptBody).receipt)
    names = await _counted(call, receipt=receipt)
    found = await report_by_receipt(call.house.vault.index("receipt", receipt))
    if found is None or not is_valid(receipt):
        raise ReceiptUnknown
    await forgive(names, house=call.house)
    await forget(names[0], house=call.house)
    return found


async def _counted(call: Call, *, receipt: str) -> tuple[str, str]:
    """Counts a try at the receipt's prefix and from the source, and waits as long as it must."""
    prefix = call.house.vault.index("receipt-prefix", receipt[:PREFIX_LENGTH])
    names = (f"receipt:{prefix}", source_name(call.request))
    standing = await count_try(names, house=call.house)
    if standing.refused_for:
        raise TooMany(texts.RECEIPT_PAUSE, retry_after=standing.refused_for)
    if standing.pause:
        await asyncio.sleep(standing.pause)
    return names


@operation(
    "POST",
    "/receipts",
    who=EVERYBODY,
    body=shapes.ReceiptBody,
    answer=shapes.OpenedReceipt,
    status=201,
    creates=True,
    prepare=find_by_receipt,
    refuses=(ReceiptUnknown, TooMany),
)
async def open_receipt(call: Call) -> shapes.OpenedReceipt:
    report: Report = call.prepared
    token = await open_session(role=RECEIPT, house=call.house, report=report)
    await record("report.open_by_receipt", by="reporter", at=call.house.clock.now(), report_id=report.id)
    return shapes.OpenedReceipt(token=token, expires_in=seconds_of(RECEIPT), number=report.number)


@operation("GET", "/me", who=PERSONS, answer=shapes.Me)
async def show_me(call: Call) -> shapes.Me:
    person = call.session.person_index
    held = await held_by(person)
    return shapes.Me(
        role=call.session.role,
        reports=held.reports,
        named_reports=held.named,
        unfiled_attachments=held.unfiled,
        expires_in=left_of(call.session, house=call.house),
        held=[
            texts.HELD_REPORTS.format(count=held.reports, named=held.named),
            texts.HELD_ANONYMOUS,
            texts.HELD_WECHAT if call.session.sealed_openid else texts.HELD_WEB,
            *([texts.HELD_PIECES.format(count=held.unfiled)] if held.unfiled else []),
            *([texts.HELD_DRAFT] if await ApiDraft.exists(person_index=person) else []),
        ],
    )


@operation("DELETE", "/me", who=PERSONS, answer=shapes.Cut)
async def forget_me(call: Call) -> shapes.Cut:
    person, house = call.session.person_index, call.house
    held = await held_by(person)
    unlinked = await forget_person(person, house=house)
    said = texts.CUT_WECHAT if call.session.sealed_openid else texts.CUT_WEB
    said = said if unlinked else texts.CUT_NOTHING
    return shapes.Cut(
        cut_reports=unlinked,
        message=said.format(count=unlinked),
        stays=_stays(unlinked, named=held.named),
    )


def _stays(reports: int, *, named: int) -> list[str]:
    if not reports:
        return []
    names = [texts.STAYS_NAMES.format(count=named)] if named else []
    return [texts.STAYS_REPORTS, *names, texts.STAYS_RECEIPTS]
