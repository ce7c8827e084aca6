"""Landing pages put together from pieces that were rendered before: a template costs more than the look-up of a code.

Kept are a page of each purpose with gaps, and for one version of the organisation what a place is called and what is
published there. Of a code nothing is kept but that its place was asked for, and nothing of who asks.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from aiohttp import web
from markupsafe import escape

from models.choices import Purpose
from organisation.entry_codes import grouped
from organisation.places import PlaceInWords, place_in_words
from qrcodes import pages, texts
from qrcodes.entries import Entry
from qrcodes.published import Published, Shown
from qrcodes.verification import words_of
from routing.table import RoutingTable

MOST_KEPT: Final = 10_000
"""Pieces of some hundred bytes, of places and of publications each."""
MOST_SPOTS: Final = 50_000
GAPS: Final = ("code", "grouped_code", "verification", "area", "names", "published", "call")
_GAP: Final = re.compile("\0([a-z_]+)\0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place with its lines of the page."""

    words: PlaceInWords
    names: bytes
    call: bytes


class Pieces:
    """One per process."""

    def __init__(self) -> None:
        self._published = Published()
        self._kept = _Kept(0)

    def place(self, entry: Entry, *, table: RoutingTable) -> Place | None:
        """None when it was given up."""
        kept, key = self._of(table), (entry.region_code, entry.purpose)
        found = kept.places.get(key)
        if found is None:
            words = place_in_words(table, region_code=entry.region_code, purpose=entry.purpose)
            if words is None:
                return None
            found = Place(
                words=words,
                names=pages.text_of("_names.html", names=words.names).encode(),
                call=pages.text_of("_call.html", place=words).encode(),
            )
            if len(kept.places) >= MOST_KEPT:
                kept.places.clear()
            kept.places[key] = found
        return found

    async def published(self, entry: Entry, *, place: Place, table: RoutingTable) -> bytes:
        """What the page says of it; empty when there is nothing."""
        kept, spot = self._of(table), (entry.region_code, entry.area_code, entry.purpose)
        found = kept.spots.get(spot)
        if found is None:
            shown = await self._published.latest(
                area=entry.area_code, regions=place.words.codes, version=table.version
            )
            found = kept.section(tuple(shown), purpose=entry.purpose)
            if len(kept.spots) >= MOST_SPOTS:
                kept.spots.clear()
            kept.spots[spot] = found
        return found

    def _of(self, table: RoutingTable) -> "_Kept":
        """A request that began before a change goes on with what it holds; it is not mixed with what came after."""
        if self._kept.version != table.version:
            self._kept = _Kept(table.version)
        return self._kept


class _Kept:
    """Of one version; most villages show what their township publishes, so `sections` are few."""

    def __init__(self, version: int) -> None:
        self.version = version
        self.places: dict[tuple[str, Purpose], Place] = {}
        self.spots: dict[tuple[str, str, Purpose], bytes] = {}
        self._sections: dict[tuple[tuple[Shown, ...], Purpose], bytes] = {}

    def section(self, shown: tuple[Shown, ...], *, purpose: Purpose) -> bytes:
        if not shown:
            return b""
        found = self._sections.get((shown, purpose))
        if found is None:
            words = texts.PURPOSES[purpose]
            found = pages.text_of("_published.html", disclosures=shown, words=words).encode()
            if len(self._sections) >= MOST_KEPT:
                self._sections.clear()
            self._sections[shown, purpose] = found
        return found


def composed(
    entry: Entry, *, place: Place, published: bytes, has_wechat_code: bool, has_mini_code: bool
) -> bytes:
    fill: Mapping[str, bytes] = {
        "code": entry.code.encode(),
        "grouped_code": grouped(entry.code).encode(),
        "verification": "　".join(words_of(entry.code)).encode(),
        "area": escape(entry.area).encode(),
        "names": place.names,
        "published": published,
        "call": place.call,
    }
    parts, gaps = _page(entry.purpose, has_wechat_code=has_wechat_code, has_mini_code=has_mini_code)
    filled = list(parts)
    filled[1::2] = [fill[gap] for gap in gaps]
    return b"".join(filled)


@cache
def _page(purpose: Purpose, *, has_wechat_code: bool, has_mini_code: bool) -> tuple[list[bytes], list[str]]:
    """The page of a purpose, cut at its gaps, and what belongs into them."""
    text = pages.text_of(
        "landing.html",
        words=texts.PURPOSES[purpose],
        has_wechat_code=has_wechat_code,
        has_mini_code=has_mini_code,
        **{gap: f"\0{gap}\0" for gap in GAPS},
    )
    parts = _GAP.split(text)
    return [part.encode() for part in parts], parts[1::2]


PIECES: web.AppKey[Pieces] = web.AppKey("pieces", Pieces)
