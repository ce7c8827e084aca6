"""重印: the posters of some codes again, for walls where one came off."""

import asyncio
from collections.abc import Iterable, Sequence
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
from qrcodes.posters import Wanted, poster_of
from vault.log import record


async def entries_of(codes: Iterable[str]) -> list[EntryCode]:
    """As typed, each once. Raises `CodeUnknown`, `CodeOver` for one that is replaced or retired."""
    found = []
    for code in dict.fromkeys(map(entry_codes.normalise, codes)):
        entry = await EntryCode.get_or_none(code=code).select_related("area")
        if entry is None:
            raise CodeUnknown
        if entry.status is not EntryStatus.ACTIVE or entry.replaced_by_id is not None:
            raise CodeOver
        found.append(entry)
    return found


async def reprint(entries: Sequence[EntryCode], *, how: Wanted, out: Path, at: datetime, by: str) -> int:
    """One PDF; of `how` the address, the size and what squares hold. Raises `NothingToPrint`, `AccountCodesMissing`,
    and what drawing raises."""
    table, looks, posters = await read_table(await current_version()), await styles(), []
    for entry in entries:
        poster = poster_of(table, entry, public_url=how.public_url, looks=looks, via=how.via)
        if poster is None:
            raise NothingToPrint
        posters.append(poster)
    with held(out):
        await asyncio.to_thread(draw_posters, posters, out, size=how.size)
    for poster in posters:
        await record("entry.reprint", by=by, at=at, object_id=poster.code, data={"size": how.size})
    return len(posters)
