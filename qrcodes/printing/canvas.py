"""What layouts draw on, in millimetres from the upper left corner: once for print, once for a screen."""

from functools import lru_cache
from typing import Protocol

from PIL import Image, ImageDraw, ImageFont
from pylopdf_fonts_zh_cn import sans_path

from press.lettering import Lettering
from press.sheet import ASCENT, BOLDER, INK, MM_PER_POINT, Colour, PdfSheet, rgb
from qrcodes import symbol


class Canvas(Protocol):
    """One sheet."""

    def box(self, x: float, y: float, width: float, height: float, *, fill: Colour) -> None: ...

    def text(
        self, text: str, *, x: float, y: float, points: float, fill: Colour, is_bold: bool = False
    ) -> None:
        """Its upper left corner is at `x`, `y`."""

    def symbol(self, text: str, *, x: float, y: float, side: float) -> None: ...


def line(
    canvas: Canvas,
    text: str,
    *,
    lettering: Lettering,
    x: float,
    y: float,
    width: float,
    points: float,
    fill: Colour = INK,
    is_bold: bool = False,
    is_centred: bool = True,
) -> None:
    """One line within `width`, made smaller when it would be wider. Raises `GlyphMissing`."""
    lettering.require(text)
    wide = lettering.width(text) * points * MM_PER_POINT
    if wide > width:
        # what stands on the line stays on it
        y += (1 - width / wide) * points * MM_PER_POINT / 2
        points, wide = points * width / wide, width
    left = x + (width - wide) / 2 if is_centred else x
    canvas.text(text, x=left, y=y, points=points, fill=fill, is_bold=is_bold)


class PdfCanvas(PdfSheet):
    def symbol(self, text: str, *, x: float, y: float, side: float) -> None:
        modules, runs = _path_of(text)
        module = side / modules
        self._parts.append(f"q {module:.5f} 0 0 {module:.5f} {x:.3f} {y:.3f} cm {rgb(INK)} rg\n{runs}\nf Q")


class PngCanvas:
    """The same sheet as a picture; `image` is finished at any time."""

    def __init__(self, *, width: float, height: float, dots_per_inch: int) -> None:
        self._scale = dots_per_inch / 25.4
        self.image = Image.new("RGB", (self._dots(width), self._dots(height)), (255, 255, 255))
        self._draw = ImageDraw.Draw(self.image)

    def box(self, x: float, y: float, width: float, height: float, *, fill: Colour) -> None:
        corners = (self._dots(x), self._dots(y), self._dots(x + width) - 1, self._dots(y + height) - 1)
        self._draw.rectangle(corners, fill=fill)

    def text(
        self, text: str, *, x: float, y: float, points: float, fill: Colour, is_bold: bool = False
    ) -> None:
        size = points * MM_PER_POINT
        font = ImageFont.truetype(sans_path(), size=size * self._scale)
        base = (x * self._scale, (y + size * ASCENT) * self._scale)
        stroke = size * BOLDER * self._scale / 2 if is_bold else 0
        self._draw.text(base, text, font=font, fill=fill, anchor="ls", stroke_width=stroke)

    def symbol(self, text: str, *, x: float, y: float, side: float) -> None:
        rows = symbol.matrix(text)
        picture = Image.new("RGB", (len(rows), len(rows)), (255, 255, 255))
        for row, start, length in symbol.runs(rows):
            for column in range(start, start + length):
                picture.putpixel((column, row), INK)
        dots = self._dots(side)
        scaled = picture.resize((dots, dots), Image.Resampling.NEAREST)
        self.image.paste(scaled, (self._dots(x), self._dots(y)))

    def _dots(self, millimetres: float) -> int:
        return round(millimetres * self._scale)


@lru_cache(maxsize=1)
def _path_of(text: str) -> tuple[int, str]:
    """Modules along a side, and the dark ones; a poster draws its symbol twice."""
    rows = symbol.matrix(text)
    runs = [f"{column} {row} {length} 1.02 re" for row, column, length in symbol.runs(rows)]
    return len(rows), "\n".join(runs)
