"""Text set in pages: paragraphs that wrap and go on overleaf, headings, rules, a line at the foot of each page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from press.lettering import Lettering
from press.pdf import PdfFile
from press.sheet import INK, MM_PER_POINT, Colour, PdfSheet

WIDTH, HEIGHT = 210.0, 297.0
MARGIN: Final = 22.0
FOOT: Final = 18.0
LEADING: Final = 1.6
GREY: Final[Colour] = (90, 90, 94)
FAINT: Final[Colour] = (190, 190, 190)
GAP_SIGN: Final = "〓"
"""Set for what the font has no shape for, as printers do."""
HANGING: Final = frozenset("，。；：！？、）》」』”’…,.;:!?)")
"""They may stand a little over the edge, and never begin a line."""


SIDE_BY_SIDE: Final = 2
BETWEEN: Final = 6.0
HIGHEST: Final = 66.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A JPEG of three colours, its sides in pixels, and what stands below it."""

    jpeg: bytes
    width: int
    height: int
    caption: str


class Setting:
    """A4 pages; `foot` stands at the foot of each, with the page's number for `{page}`.

    `missing` counts what could not be set.
    """

    def __init__(self, file: PdfFile, *, lettering: Lettering, foot: str) -> None:
        self._file, self._lettering, self._foot = file, lettering, foot
        self._sheet: PdfSheet | None = None
        self._at = 0.0
        self.pages = 0
        self.missing = 0

    def new_page(self) -> None:
        self._close()
        self._sheet = PdfSheet(self._file, lettering=self._lettering, width=WIDTH, height=HEIGHT)
        self._at = MARGIN
        self.pages += 1

    def paragraph(
        self,
        text: str,
        *,
        points: float = 11,
        fill: Colour = INK,
        is_bold: bool = False,
        indent: float = 0,
        is_centred: bool = False,
    ) -> None:
        width = WIDTH - 2 * MARGIN - indent
        for words in self._lines(text, width=width, points=points):
            wide = self._lettering.width(words) * points * MM_PER_POINT
            left = MARGIN + indent + ((width - wide) / 2 if is_centred else 0)
            self._room(points * MM_PER_POINT * LEADING).text(
                words, x=left, y=self._at, points=points, fill=fill, is_bold=is_bold
            )
            self._at += points * MM_PER_POINT * LEADING

    def heading(self, text: str) -> None:
        """Not alone at the foot of a page."""
        self._room(20)
        self.gap(3)
        self.paragraph(text, points=14, is_bold=True)
        self.rule()

    def rule(self) -> None:
        self._room(4).box(MARGIN, self._at, WIDTH - 2 * MARGIN, 0.25, fill=FAINT)
        self._at += 3

    def pictures(self, shown: Sequence[Picture], *, indent: float = 0) -> None:
        """Two side by side, so six to eight a page; each whole, its caption never overleaf."""
        wide = (WIDTH - 2 * MARGIN - indent - BETWEEN) / SIDE_BY_SIDE
        caption = 9 * MM_PER_POINT * LEADING
        for start in range(0, len(shown), SIDE_BY_SIDE):
            row = shown[start : start + SIDE_BY_SIDE]
            sizes = [min(wide / each.width, HIGHEST / each.height) for each in row]
            high = max(size * each.height for size, each in zip(sizes, row, strict=True))
            sheet = self._room(high + caption + 3)
            for place, (size, each) in enumerate(zip(sizes, row, strict=True)):
                number = self._file.add_picture(each.jpeg, width=each.width, height=each.height)
                left = MARGIN + indent + place * (wide + BETWEEN)
                width, height = size * each.width, size * each.height
                sheet.picture(number, x=left, y=self._at, width=width, height=height)
                words = "".join(self._settable(each.caption))
                sheet.text(words, x=left, y=self._at + height + 1, points=9, fill=GREY)
            self._at += high + caption + 3

    def gap(self, height: float) -> None:
        self._at += height

    def finish(self) -> None:
        self._close()
        self._file.finish()

    def _room(self, height: float) -> PdfSheet:
        """The sheet with room for so much more, a new one where there is none."""
        if self._sheet is None or self._at + height > HEIGHT - FOOT - 4:
            self.new_page()
        assert self._sheet is not None
        return self._sheet

    def _close(self) -> None:
        if self._sheet is None:
            return
        words = self._foot.replace("{page}", str(self.pages))
        wide = self._lettering.width(words) * 9 * MM_PER_POINT
        self._sheet.text(words, x=(WIDTH - wide) / 2, y=HEIGHT - FOOT, points=9, fill=GREY)
        self._sheet.close()
        self._sheet = None

    def _lines(self, text: str, *, width: float, points: float) -> Iterator[str]:
        for words in text.replace("\r\n", "\n").split("\n"):
            line, used = "", 0.0
            for character in self._settable(words):
                wide = self._lettering.glyph(character)[1] / 1000 * points * MM_PER_POINT
                hangs = character in HANGING and used <= width
                if line and used + wide > width and not hangs:
                    yield line
                    line, used = "", 0.0
                line, used = line + character, used + wide
            yield line

    def _settable(self, words: str) -> Iterator[str]:
        for character in words.replace("\t", " "):
            if self._lettering.has(character):
                yield character
            elif character.isprintable():
                self.missing += 1
                yield GAP_SIGN
