"""Sheets taken away: written row by row and sent from memory, so that no row lies on a disk meanwhile."""

import asyncio
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import IO, Any, Final

from aiohttp import web

from console.workbook import Workbook
from organisation.house import House

CHUNK: Final = 64 * 1024
# a sheet holds 1,048,576 rows
MOST: Final = 1_000_000
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Sheet:
    """`append` as often as there are rows, then `send`."""

    def __init__(self, title: str, *, head: str, columns: Sequence[str]) -> None:
        self._file = io.BytesIO()
        self._book = Workbook(self._file, title=title)
        self._book.append([head])
        self._book.append(columns)
        self.count = 0

    async def append(self, rows: Iterable[Sequence[Any]]) -> None:
        await asyncio.to_thread(self._append, list(rows))

    def _append(self, rows: Sequence[Sequence[Any]]) -> None:
        for row in rows:
            self._book.append(row)
        self.count += len(rows)

    async def send(self, request: web.Request, *, name: str) -> web.StreamResponse:
        await asyncio.to_thread(self._book.finish)
        return await send_file(request, self._file, name=f"{name}.xlsx", content_type=XLSX)


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
