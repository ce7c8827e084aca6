"""Where everything stands: on a poster, on a sheet with all areas of a place, on a sheet of stickers."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby, islice
from typing import Final

from models.choices import Purpose
from organisation.entry_codes import grouped
from press.lettering import Lettering
from press.sheet import INK, Colour
from qrcodes import texts
from qrcodes.printing.canvas import Canvas, line
from qrcodes.verification import words_of

GREY: Final[Colour] = (90, 90, 94)
PAPER: Final[Colour] = (255, 255, 255)
TINT: Final[Colour] = (253, 243, 240)
CUT: Final[Colour] = (205, 205, 205)
RED: Final[Colour] = (178, 34, 34)
A4_WIDTH, A4_HEIGHT = 210.0, 297.0
_MARGIN = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Poster:
    """What one code says: `link` is in the square, `place` are the names from the city down, `area` a name.

    `header` and `colour` are the county's own.
    """

    code: str
    link: str
    purpose: Purpose
    area: str
    place: tuple[str, ...]
    telephone: str = ""
    header: str = ""
    colour: Colour = RED


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Sheets of `width` × `height` mm; `share` says which posters stand on one sheet."""

    width: float
    height: float
    share: Callable[[Iterable[Poster]], Iterator[Sequence[Poster]]]
    draw: Callable[[Canvas, Lettering, Sequence[Poster]], None]


def one_each(posters: Iterable[Poster]) -> Iterator[Sequence[Poster]]:
    return ((poster,) for poster in posters)


def some_each(posters: Iterable[Poster], *, count: int) -> Iterator[Sequence[Poster]]:
    waiting = iter(posters)
    while some := tuple(islice(waiting, count)):
        yield some


def place_each(posters: Iterable[Poster], *, count: int) -> Iterator[Sequence[Poster]]:
    for _, of_place in groupby(posters, key=lambda poster: (poster.place, poster.purpose)):
        yield from some_each(of_place, count=count)


def draw_poster(canvas: Canvas, lettering: Lettering, sheet: Sequence[Poster], *, scale: float) -> None:
    """Written for A5 (148 × 210 mm); other papers have the same shape."""
    (poster,) = sheet
    pen = _Pen(canvas, lettering, width=148.0, scale=scale)
    pen.box(0, 0, 148, 50, fill=poster.colour)
    pen.line(poster.header, y=3, points=12, fill=PAPER)
    pen.line(texts.PURPOSES[poster.purpose].title, y=8.5, points=16, fill=PAPER, is_bold=True)
    pen.line(texts.AREA.format(area=poster.area), y=15, points=36, fill=PAPER, is_bold=True)
    far = min(2, len(poster.place) - 1)
    pen.line("  ".join(poster.place[:far]), y=30.5, points=12, fill=PAPER)
    pen.line("  ".join(poster.place[far:]), y=36, points=23, fill=PAPER, is_bold=True)
    pen.symbol(poster.link, x=40, y=55, side=68)
    pen.line(texts.SCAN, y=125.5, points=19, fill=poster.colour, is_bold=True)
    beside = partial(pen.line, x=_MARGIN, width=97)
    beside(texts.COMPARE, y=133.5, points=11.5, fill=GREY)
    beside(_words(poster), y=138, points=19, is_bold=True)
    beside(texts.TYPE_CODE, y=147, points=11.5, fill=GREY)
    beside(_letters(poster), y=151.5, points=22, is_bold=True)
    # once more, further away than a hand: no decoder starts without all three corner marks
    pen.symbol(poster.link, x=112, y=130, side=25)
    pen.line(texts.SPARE, y=156.5, points=9, fill=GREY, x=109, width=31)
    pen.box(_MARGIN, 162, 128, 18.5, fill=TINT)
    for index, part in enumerate(_halves(texts.PURPOSES[poster.purpose].what)):
        pen.line(part, y=163.5 + index * 8, points=16, inset=13)
    pen.line(_promises(), y=182.5, points=17, fill=poster.colour, is_bold=True)
    pen.line(_call(poster), y=190.5, points=17, is_bold=True)
    pen.line(texts.WARNING, y=200, points=11, fill=GREY)


AREAS_ON_A_SHEET = 6
_ROW_HEIGHT = 66.0


def draw_areas(canvas: Canvas, lettering: Lettering, sheet: Sequence[Poster]) -> None:
    """All areas of a place on one A4 sheet, each with a code of its own."""
    first, pen = sheet[0], _Pen(canvas, lettering, width=A4_WIDTH)
    pen.box(0, 0, A4_WIDTH, 46, fill=first.colour)
    pen.line(first.header, y=3.5, points=13, fill=PAPER)
    pen.line(texts.PURPOSES[first.purpose].title, y=9.5, points=24, fill=PAPER, is_bold=True)
    far = min(2, len(first.place) - 1)
    pen.line("  ".join(first.place[:far]), y=20.5, points=14, fill=PAPER)
    pen.line("  ".join(first.place[far:]), y=27, points=34, fill=PAPER, is_bold=True)
    for index, poster in enumerate(sheet):
        x, y = _MARGIN + index % 2 * 97, 51 + index // 2 * _ROW_HEIGHT
        pen.symbol(poster.link, x=x, y=y + 3, side=48)
        beside = partial(pen.line, x=x + 52, width=39)
        beside(poster.area, y=y + 3, points=27, fill=poster.colour, is_bold=True)
        for row, group in enumerate(grouped(poster.code).split()):
            beside(group, y=y + 16 + row * 6, points=16, is_bold=True)
        beside(texts.COMPARE_SHORT, y=y + 36, points=9.5, fill=GREY)
        beside(_words(poster, between=" "), y=y + 41, points=14, is_bold=True)
    pen.line(texts.SCAN, y=250, points=22, fill=first.colour, is_bold=True)
    pen.line(texts.PURPOSES[first.purpose].what, y=260, points=15)
    pen.line(_promises(), y=267.5, points=18, fill=first.colour, is_bold=True)
    pen.line(_call(first), y=276, points=18, is_bold=True)
    pen.line(texts.WARNING, y=286.5, points=11, fill=GREY)


STICKERS_ON_A_SHEET = 12
_STICKER_WIDTH, _STICKER_HEIGHT = A4_WIDTH / 3, A4_HEIGHT / 4


def draw_stickers(canvas: Canvas, lettering: Lettering, sheet: Sequence[Poster]) -> None:
    """Three by four on A4, with lines to cut along."""
    for index, poster in enumerate(sheet):
        x, y = index % 3 * _STICKER_WIDTH, index // 3 * _STICKER_HEIGHT
        pen = _Pen(canvas, lettering, width=_STICKER_WIDTH, x=x, y=y, margin=4.0)
        for edge in ((0, 0, _STICKER_WIDTH, 0.2), (0, 0, 0.2, _STICKER_HEIGHT)):
            pen.box(*edge, fill=CUT)
        pen.box(2.5, 2.5, _STICKER_WIDTH - 5, 11, fill=poster.colour)
        words, area = texts.PURPOSES[poster.purpose], texts.AREA.format(area=poster.area)
        pen.line("  ".join(filter(None, (poster.header, words.title))), y=3.3, points=8, fill=PAPER)
        pen.line(f"{area} · {texts.SCAN}", y=7, points=13, fill=PAPER, is_bold=True)
        pen.symbol(poster.link, x=(_STICKER_WIDTH - 35) / 2, y=15.5, side=35)
        pen.line("".join(poster.place[2:] or poster.place), y=51.5, points=10, is_bold=True)
        pen.line(_letters(poster), y=55.3, points=11.5, is_bold=True)
        pen.line(texts.STICKER_WORDS.format(words=_words(poster)), y=60, points=8.5)
        for row, part in enumerate(_halves(words.what)):
            pen.line(part, y=63.5 + row * 3, points=7, fill=GREY)
        pen.line(f"{texts.PROMISES[0]} · {_call(poster)}", y=69.6, points=8)


def _words(poster: Poster, *, between: str = " · ") -> str:
    return between.join(words_of(poster.code))


def _letters(poster: Poster) -> str:
    return grouped(poster.code).replace(" ", "  ")


def _promises() -> str:
    return "  ·  ".join(texts.PROMISES)


def _call(poster: Poster) -> str:
    numbers = " / ".join(number for number in (poster.telephone, texts.HOTLINE) if number)
    return f"{texts.CALL} {numbers}"


def _halves(sentence: str) -> tuple[str, str]:
    """Two lines of about the same length, broken after a pause so that no word is cut."""
    pauses = [index + 1 for index, character in enumerate(sentence) if character in "、，；"]
    middle = min(pauses or [len(sentence)], key=lambda index: abs(index - len(sentence) / 2))
    return sentence[:middle], sentence[middle:]


class _Pen:
    """Draws in the layout's own millimetres, `width` wide, from a corner and at a scale."""

    def __init__(
        self,
        canvas: Canvas,
        lettering: Lettering,
        *,
        width: float,
        x: float = 0,
        y: float = 0,
        scale: float = 1,
        margin: float = _MARGIN,
    ) -> None:
        self._canvas, self._lettering = canvas, lettering
        self._width, self._x, self._y, self._scale, self._margin = width, x, y, scale, margin

    def box(self, x: float, y: float, width: float, height: float, *, fill: Colour) -> None:
        s = self._scale
        self._canvas.box(self._x + x * s, self._y + y * s, width * s, height * s, fill=fill)

    def symbol(self, text: str, *, x: float, y: float, side: float) -> None:
        s = self._scale
        self._canvas.symbol(text, x=self._x + x * s, y=self._y + y * s, side=side * s)

    def line(
        self,
        text: str,
        *,
        y: float,
        points: float,
        fill: Colour = INK,
        is_bold: bool = False,
        x: float | None = None,
        width: float | None = None,
        inset: float | None = None,
    ) -> None:
        """Centred between the margins (or `inset`), or within `width` from `x`."""
        s, edge = self._scale, self._margin if inset is None else inset
        line(
            self._canvas,
            text,
            lettering=self._lettering,
            x=self._x + (edge if x is None else x) * s,
            y=self._y + y * s,
            width=(self._width - 2 * edge if width is None else width) * s,
            points=points * s,
            fill=fill,
            is_bold=is_bold,
        )


def _single(scale: float) -> Layout:
    return Layout(
        width=148 * scale, height=210 * scale, share=one_each, draw=partial(draw_poster, scale=scale)
    )


LAYOUTS: Final[Mapping[str, Layout]] = {
    "A3": _single(297 / 148),
    "A4": _single(210 / 148),
    "A5": _single(1.0),
    "A6": _single(105 / 148),
    "areas": Layout(
        width=A4_WIDTH,
        height=A4_HEIGHT,
        share=partial(place_each, count=AREAS_ON_A_SHEET),
        draw=draw_areas,
    ),
    "stickers": Layout(
        width=A4_WIDTH,
        height=A4_HEIGHT,
        share=partial(some_each, count=STICKERS_ON_A_SHEET),
        draw=draw_stickers,
    ),
}
