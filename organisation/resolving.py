"""Every way in leads to the same entry: a code typed, a poster's link, or either as a mini-program is handed it."""

from typing import Final
from urllib.parse import unquote

from clients.finding import find_one
from models.choices import EntryStatus
from models.entry_code import EntryCode
from organisation import entry_codes

MOST_REPLACED: Final = 5
"""Posters hang for years: a code may have been replaced more than once."""


def code_in(text: str) -> str:
    """The code in what was typed or handed over (`options.q` and `options.scene` come percent-encoded); else empty."""
    return entry_codes.find_in(text) or entry_codes.find_in(unquote(text)) or ""


async def entry_behind(text: str) -> EntryCode | None:
    """What `text` leads to: a retired code leads on to the one it was replaced by."""
    entry = await find_one(EntryCode, "code", code) if (code := code_in(text)) else None
    for _ in range(MOST_REPLACED):
        if entry is None or entry.status is EntryStatus.ACTIVE or not entry.replaced_by_id:
            break
        entry = await find_one(EntryCode, "code", entry.replaced_by_id)
    return entry
