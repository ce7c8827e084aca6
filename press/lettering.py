"""The one font of everything printed: what it has, how wide it is, and the part of it that a file needs."""

import io
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from pylopdf_fonts_zh_cn import sans_path

from press.errors import GlyphMissing

_UNNEEDED = ("GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG")


class Lettering:
    """`around` are characters that will be wanted again and again: from those a file's part is cut quickly."""

    name = "NotoSansSC"

    def __init__(self, around: Iterable[str] = ()) -> None:
        with TTFont(sans_path(), lazy=True) as font:
            cids, widths = font.getBestCmap(), font["hmtx"].metrics
        # the font is keyed by CID: a glyph's name is its number, and cutting leaves the number as it is
        self._glyphs: dict[str, tuple[int, int]] = {
            chr(code): (int(glyph.removeprefix("cid")) if glyph != ".notdef" else 0, widths[glyph][0])
            for code, glyph in cids.items()
        }
        self._around = frozenset(around) & self._glyphs.keys()
        self._trunk: bytes | None = None

    def glyph(self, character: str) -> tuple[int, int]:
        """Its number and its width in thousandths."""
        return self._glyphs[character]

    def has(self, character: str) -> bool:
        return character in self._glyphs

    def require(self, text: str) -> None:
        """Raises `GlyphMissing`, which names the character: better than a gap on a wall."""
        for character in text:
            if character not in self._glyphs:
                raise GlyphMissing(character=character, text=text)

    def width(self, text: str) -> float:
        """In the size of the font."""
        return sum([self._glyphs[character][1] for character in text]) / 1000

    def cut(self, characters: Iterable[str]) -> bytes:
        """A bare CFF font of these characters."""
        wanted = frozenset(characters)
        if not wanted <= self._around:
            font = _cut(sans_path(), wanted)
        else:
            if self._trunk is None:
                self._trunk = _saved(_cut(sans_path(), self._around))
            font = _cut(io.BytesIO(self._trunk), wanted)
        made: bytes = font.getTableData("CFF ")
        return made


@lru_cache(maxsize=1)
def plain_lettering() -> Lettering:
    return Lettering()


def _cut(source: Path | io.BytesIO, characters: frozenset[str]) -> TTFont:
    options = subset.Options(
        layout_features=[], hinting=False, notdef_outline=True, name_IDs=[], glyph_names=False
    )
    options.drop_tables += _UNNEEDED
    font = TTFont(source, lazy=True)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=map(ord, characters))
    cutter.subset(font)
    return font


def _saved(font: TTFont) -> bytes:
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()
