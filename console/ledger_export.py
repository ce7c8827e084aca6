"""The ledger as a sheet: the rows and columns of the page and no others, every export an event."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from aiohttp import web

from access.ledger import LedgerRow, list_ledger
from console import texts
from console.callers import Caller, allowed
from console.clocks import RUNNING
from console.forms import read_form
from console.ledger_asking import asking_of, in_words
from console.passed_on import in_words as referral_in_words
from console.reports import viewer_of
from console.sheets import MOST, Sheet, local
from models.choices import Kind, Status
from organisation.house import HOUSE, House
from vault.log import record

AT_ONCE = 2000


@allowed(Caller.LEDGER_READER)
async def export_ledger(request: web.Request) -> web.StreamResponse:
    viewer, house = viewer_of(request), request.config_dict[HOUSE]
    asking, at = asking_of(await read_form(request), viewer=viewer, house=house), house.clock.now()
    sheet = Sheet(texts.LEDGER_SHEET, head=in_words(asking), columns=texts.LEDGER_COLUMNS)
    cursor = ""
    while sheet.count < MOST:
        found = await list_ledger(viewer, at=at, wanted=asking.wanted, cursor=cursor, limit=AT_ONCE)
        await sheet.append(_columns(row, at=at, house=house) for row in found.rows)
        cursor = found.next_cursor or ""
        if not cursor:
            break
    data = {"rows": sheet.count, "asked": asking.wanted.keys}
    await record("ledger.export", by=viewer.actor, at=at, data=data)
    return await sheet.send(request, name=f"ledger-{at.astimezone(house.timezone):%Y%m%d-%H%M}")


def _columns(row: LedgerRow, *, at: datetime, house: House) -> Sequence[Any]:
    due = row.due_at if row.status in RUNNING else None
    waiting = [each.due_at for each in row.referrals if each.due_at]
    return (
        row.number,
        row.area_name,
        Kind(row.kind).label if row.kind else "",
        Status(row.status).label,
        row.owner_name,
        local(row.submitted_at, house=house),
        local(due, house=house) if due else None,
        texts.OVERDUE if due and due < at else "",
        texts.REFERRED_JOIN.join(referral_in_words(each, house=house) for each in row.referrals),
        local(min(waiting), house=house) if waiting else None,
    )
