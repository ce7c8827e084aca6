"""The ledger as a sheet: the rows and columns of the page and no others, every export an event."""

import asyncio
import tempfile
from collections.abc import Sequence
from datetime import datetime
from typing import IO, Any

from aiohttp import web
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from access.ledger import LedgerRow, list_ledger
from console import texts
from console.callers import Caller, allowed
from console.clocks import RUNNING
from console.forms import read_form
from console.ledger_asking import asking_of, in_words
from console.passed_on import in_words as referral_in_words
from console.reports import viewer_of
from models.choices import Kind, Status
from organisation.house import HOUSE, House
from vault.log import record

AT_ONCE = 2000
# a sheet holds 1,048,576 rows
MOST = 1_000_000
CHUNK = 64 * 1024
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@allowed(Caller.LEDGER_READER)
async def export_ledger(request: web.Request) -> web.StreamResponse:
    """Written row by row to a file that has no name and goes with the answer."""
    viewer, house = viewer_of(request), request.config_dict[HOUSE]
    asking, at = asking_of(await read_form(request), viewer=viewer, house=house), house.clock.now()
    book = Workbook(write_only=True)
    sheet = book.create_sheet(texts.LEDGER_SHEET)
    sheet.append([in_words(asking)])
    sheet.append(list(texts.LEDGER_COLUMNS))
    count, cursor = 0, ""
    while count < MOST:
        found = await list_ledger(viewer, at=at, wanted=asking.wanted, cursor=cursor, limit=AT_ONCE)
        await asyncio.to_thread(_append, sheet, found.rows, at, house)
        count, cursor = count + len(found.rows), found.next_cursor or ""
        if not cursor:
            break
    await record("ledger.export", by=viewer.actor, at=at, data={"rows": count, "asked": asking.wanted.keys})
    with tempfile.TemporaryFile() as file:
        await asyncio.to_thread(book.save, file)
        return await _send(request, file, name=f"{at.astimezone(house.timezone):%Y%m%d-%H%M}")


async def _send(request: web.Request, file: IO[bytes], *, name: str) -> web.StreamResponse:
    answer = web.StreamResponse(
        headers={
            "Content-Type": XLSX,
            "Content-Disposition": f'attachment; filename="ledger-{name}.xlsx"',
            "Content-Length": str(file.tell()),
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        }
    )
    await answer.prepare(request)
    file.seek(0)
    while chunk := await asyncio.to_thread(file.read, CHUNK):
        await answer.write(chunk)
    await answer.write_eof()
    return answer


def _append(sheet: Any, rows: Sequence[LedgerRow], at: datetime, house: House) -> None:
    for row in rows:
        sheet.append([_cell(sheet, value) for value in _columns(row, at=at, house=house)])


def _columns(row: LedgerRow, *, at: datetime, house: House) -> Sequence[Any]:
    due = row.due_at if row.status in RUNNING else None
    waiting = [each.due_at for each in row.referrals if each.due_at]
    return (
        row.number,
        row.area_name,
        Kind(row.kind).label if row.kind else "",
        Status(row.status).label,
        row.owner_name,
        _local(row.submitted_at, house=house),
        _local(due, house=house) if due else None,
        texts.OVERDUE if due and due < at else "",
        texts.REFERRED_JOIN.join(referral_in_words(each, house=house) for each in row.referrals),
        _local(min(waiting), house=house) if waiting else None,
    )


def _local(at: datetime, *, house: House) -> datetime:
    """A sheet knows no zones."""
    return at.astimezone(house.timezone).replace(tzinfo=None, microsecond=0)


def _cell(sheet: Any, value: Any) -> Any:
    """A name that begins with = is a name, not a formula."""
    if not isinstance(value, str) or not value.startswith("="):
        return value
    cell = WriteOnlyCell(sheet, value=value)
    cell.data_type = "s"
    return cell
