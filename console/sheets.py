"""Sheets taken away: written row by row, sent from a file that has no name and goes with the answer."""

import asyncio
import tempfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import IO, Any, Final

from aiohttp import web
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from organisation.house import House

CHUNK: Final = 64 * 1024
# a sheet holds 1,048,576 rows
MOST: Final = 1_000_000
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Sheet:
    """`append` as often as there are rows, then `send`."""

    def __init__(self, title: str, *, head: str, columns: Sequence[str]) -> None:
        self._book = Workbook(write_only=True)
        self._sheet = self._book.create_sheet(title)
        self._sheet.append([head])
        self._sheet.append(list(columns))
        self.count = 0

    async def append(self, rows: Iterable[Sequence[Any]]) -> None:
        await asyncio.to_thread(self._append, list(rows))

    def _append(self, rows: Sequence[Sequence[Any]]) -> None:
        for row in rows:
            self._sheet.append([self._cell(value) for value in row])
        self.count += len(rows)

    def _cell(self, value: Any) -> Any:
        """A name that begins with = is a name, not a formula."""
        if not isinstance(value, str) or not value.startswith("="):
            return value
        cell = WriteOnlyCell(self._sheet, value=value)
        cell.data_type = "s"
        return cell

    async def send(self, request: web.Request, *, name: str) -> web.StreamResponse:
        with tempfile.TemporaryFile() as file:
            await asyncio.to_thread(self._book.save, file)
            return await send_file(request, file, name=f"{name}.xlsx", content_type=XLSX)


async def send_file(
    request: web.Request, file: IO[bytes], *, name: str, content_type: str
) -> web.StreamResponse:
    """All of `file`, which stands at its end."""
    answer = web.StreamResponse(
        headers={
            "Content-Type": content_type,
            "Content-Disposition": f'attachment; filename="{name}"',
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


def local(at: datetime, *, house: House) -> datetime:
    """A sheet knows no zones."""
    return at.astimezone(house.timezone).replace(tzinfo=None, microsecond=0)
