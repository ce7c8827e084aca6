"""Posters as a PDF: everything is vector and the fonts are embedded, so any print shop prints it alike."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import TextMode
from fpdf.fonts import TTFFont
from pylopdf_fonts_zh_cn import sans_path

from models.choices import Purpose
from organisation.entry_codes import grouped
from qrcodes import symbol, texts
from qrcodes.errors import GlyphMissing, SizeUnknown

FONT = "NotoSansSC"
# The layout is written for A5 (148 × 210 mm); the other sizes have the same shape and are scaled.
_WIDTH, _HEIGHT = 148.0, 210.0
_SCALES = {"A3": 297 / _WIDTH, "A4": 210 / _WIDTH, "A5": 1.0, "A6": 105 / _WIDTH}
_RED, _INK, _GREY, _PAPER, _TINT = (178, 34, 34), (28, 28, 30), (90, 90, 94), (255, 255, 255), (253, 243, 240)
_MARGIN = 10.0


@dataclass(frozen=True, kw_only=True)
class Poster:
    """One sheet: `link` is what the square holds, `place` the names from the city down, `area` a name."""

    code: str
    link: str
    purpose: Purpose
    area: str
    place: tuple[str, ...]
    telephone: str = ""


def draw_posters(
    posters: Iterable[Poster], out: Path, *, size: str = "A5", progress: Callable[[int], None] | None = None
) -> int:
    """Writes one page per poster to `out` and returns how many; `out` appears only when it is whole.

    Raises `GlyphMissing` (naming the character) before a page with a gap could be drawn, and `SizeUnknown`.
    `progress` is called with the number of pages drawn so far.
    """
    if size not in _SCALES:
        raise SizeUnknown
    sheet = _Sheet(scale=_SCALES[size])
    count = 0
    for poster in posters:
        sheet.draw(poster)
        count += 1
        if progress is not None:
            progress(count)
    out.parent.mkdir(parents=True, exist_ok=True)
    partial = out.with_name(out.name + ".part")
    sheet.pdf.output(str(partial))
    partial.replace(out)
    return count


class _Sheet:
    """Draws in millimetres of A5, whatever the paper."""

    def __init__(self, *, scale: float) -> None:
        self.scale = scale
        self.pdf = FPDF(format=(_WIDTH * scale, _HEIGHT * scale))
        self.pdf.set_auto_page_break(False)
        self.pdf.set_margin(0)
        self.pdf.add_font(FONT, fname=sans_path())
        self.pdf.set_font(FONT, size=12)
        font = self.pdf.fonts[FONT.lower()]
        assert isinstance(font, TTFFont)
        self._characters = frozenset(font.cmap)

    def draw(self, poster: Poster) -> None:
        self.pdf.add_page()
        self._band(poster)
        self._square(poster)
        self._words(poster)
        self._foot(poster)

    def _band(self, poster: Poster) -> None:
        self._box(0, 0, _WIDTH, 48, fill=_RED)
        self._line(texts.PURPOSES[poster.purpose].title, y=4, points=18, colour=_PAPER, is_bold=True)
        self._line(texts.AREA.format(area=poster.area), y=12, points=38, colour=_PAPER, is_bold=True)
        far = min(2, len(poster.place) - 1)
        self._line("  ".join(poster.place[:far]), y=28.5, points=13, colour=_PAPER)
        self._line("  ".join(poster.place[far:]), y=34.5, points=23, colour=_PAPER, is_bold=True)

    def _square(self, poster: Poster) -> None:
        rows = symbol.matrix(poster.link)
        side, top = 70.0, 56.0
        left = (_WIDTH - side) / 2
        module = side / len(rows)
        self.pdf.set_fill_color(*_INK)
        for row, column, length in symbol.runs(rows):
            # A hair of overlap downwards: viewers would otherwise show white seams between rows.
            self._rect(left + column * module, top + row * module, length * module, module + 0.02)

    def _words(self, poster: Poster) -> None:
        self._line(texts.SCAN, y=132, points=20, colour=_RED, is_bold=True)
        self._line(texts.TYPE_CODE, y=140.5, points=12.5, colour=_GREY)
        self._line(grouped(poster.code).replace(" ", "  "), y=145.5, points=25, colour=_INK, is_bold=True)
        self._box(_MARGIN, 158, _WIDTH - 2 * _MARGIN, 20, fill=_TINT)
        what = texts.PURPOSES[poster.purpose].what
        for index, part in enumerate(_halves(what)):
            self._line(part, y=160 + index * 8.3, points=17, colour=_INK, width=_WIDTH - 2 * _MARGIN - 6)
        self._line("  ·  ".join(texts.PROMISES), y=180, points=18, colour=_RED, is_bold=True)

    def _foot(self, poster: Poster) -> None:
        numbers = " / ".join(number for number in (poster.telephone, texts.HOTLINE) if number)
        self._line(f"{texts.CALL} {numbers}", y=189.5, points=18, colour=_INK, is_bold=True)
        self._line(texts.WARNING, y=200, points=11, colour=_GREY)

    def _line(
        self,
        text: str,
        *,
        y: float,
        points: float,
        colour: tuple[int, int, int],
        is_bold: bool = False,
        width: float = _WIDTH - 2 * _MARGIN,
    ) -> None:
        """One centred line, its top at `y`; made smaller when it would be wider than `width`."""
        self._refuse_gaps(text)
        self.pdf.set_font(FONT, size=points * self.scale)
        wide = self.pdf.get_string_width(text)
        if wide > width * self.scale:
            self.pdf.set_font_size(points * self.scale * width * self.scale / wide)
        self.pdf.set_text_color(*colour)
        self.pdf.set_draw_color(*colour)
        # The family comes in one weight; a thin outline in the same colour makes it bold.
        mode = TextMode.FILL_STROKE if is_bold else TextMode.FILL
        height = points * self.scale * 0.42
        with self.pdf.local_context(text_mode=mode, line_width=points * self.scale * 0.008):
            self.pdf.set_xy(0, y * self.scale)
            self.pdf.cell(_WIDTH * self.scale, height, text, align="C")

    def _refuse_gaps(self, text: str) -> None:
        for character in text:
            if ord(character) not in self._characters:
                raise GlyphMissing(character=character, text=text)

    def _box(self, x: float, y: float, width: float, height: float, *, fill: tuple[int, int, int]) -> None:
        self.pdf.set_fill_color(*fill)
        self._rect(x, y, width, height)

    def _rect(self, x: float, y: float, width: float, height: float) -> None:
        s = self.scale
        self.pdf.rect(x * s, y * s, width * s, height * s, style="F")


def _halves(sentence: str) -> tuple[str, str]:
    """Two lines of about the same length, broken after a pause so that no word is cut."""
    pauses = [index + 1 for index, character in enumerate(sentence) if character in "、，；"]
    middle = min(pauses or [len(sentence)], key=lambda index: abs(index - len(sentence) / 2))
    return sentence[:middle], sentence[middle:]
