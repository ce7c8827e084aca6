"""Files without a row: their key went with it, so they are noise that only takes room.

A draft thrown away leaves one behind, and so does a process killed between writing a file and its row.
"""

from datetime import timedelta
from typing import Final
from zlib import crc32

from clients.database import rows, text_list
from organisation.house import House

# a row follows its file within seconds
LEFT_ALONE: Final = timedelta(days=1)
ROUNDS: Final = 144
"""Rounds in which the whole store is looked through once, a share of its shelves in each."""

KNOWN = "SELECT id FROM attachment WHERE id in_list($1)"


async def sweep(*, turn: int, house: House) -> int:
    """Looks through the shelves of round `turn`; answers how many files went."""
    swept = 0
    for shelf in await house.media.shelves():
        if crc32(shelf.encode()) % ROUNDS != turn % ROUNDS:
            continue
        names = await house.media.older_than(LEFT_ALONE, shelf=shelf)
        known = {row["id"] for row in await rows(KNOWN, text_list(names))} if names else set()
        for name in names:
            if name not in known:
                await house.media.drop(name)
                swept += 1
    return swept
