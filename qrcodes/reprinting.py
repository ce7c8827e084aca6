"""重印: the posters of some codes again, for walls where one came off."""

import asyncio
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from models.choices import EntryStatus
from models.entry_code import EntryCode
from organisation import entry_codes
from organisation.codes.errors import CodeOver, CodeUnknown
from organisation.codes.style import styles
from organisation.live import current_version, read_table
from qrcodes.drawing import draw_posters, held
from qrcodes.errors import NothingToPrint
from qrcodes.posters import poster_of
from vault.log import record


async def reprint(
    codes: Collection[str], *, out: Path, size: str, public_url: str, at: datetime, by: str
) -> int:
    """One PDF. Raises `CodeUnknown`, `CodeOver` for one that is replaced or retired, and what drawing raises."""
    wanted = [entry_codes.normalise(code) for code in dict.fromkeys(codes)]
    table, posters = await read_table(await current_version()), []
    looks = await styles()
    for code in wanted:
        entry = await EntryCode.get_or_none(code=code).select_related("area")
        if entry is None:
            raise CodeUnknown
        if entry.status is not EntryStatus.ACTIVE or entry.replaced_by_id is not None:
            raise CodeOver
        poster = poster_of(table, entry, public_url=public_url, looks=looks)
        if poster is None:
            raise NothingToPrint
        posters.append(poster)
    with held(out):
        await asyncio.to_thread(draw_posters, posters, out, size=size)
    for poster in posters:
        await record("entry.reprint", by=by, at=at, object_id=poster.code, data={"size": size})
    return len(posters)
