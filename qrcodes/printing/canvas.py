"""What layouts draw on, in millimetres from the upper left corner: once for print, once for a screen."""

from typing import Protocol

from PIL import Image, ImageDraw, ImageFont
from pylopdf_fonts_zh_cn import sans_path

from qrcodes import symbol
from qrcodes.printing.lettering import Lettering
from qrcodes.printing.pdf import POINTS_PER_MM, PdfFile

Colour = tuple[int, int, int]
INK: Colour = (28, 28, 30)
# Of the height of a line of this font, what stands above the base line.
_ASCENT = 0.88
_BOLDER = 0.022
_MM_PER_POINT = 25.4 / 72


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
    wide = lettering.width(text) * points * _MM_PER_POINT
    if wide > width:
        # what stands on the line stays on it
        y += (1 - width / wide) * points * _MM_PER_POINT / 2
        points, wide = points * width / wide, width
    left = x + (width - wide) / 2 if is_centred else x
    canvas.text(text, x=left, y=y, points=points, fill=fill, is_bold=is_bold)


class PdfCanvas:
    """Everything is vector; put on its file by `close`."""

    def __init__(self, file: PdfFile, *, lettering: Lettering, width: float, height: float) -> None:
        self._file = file
        self._lettering = lettering
        self._width, self._height = width, height
        # y runs down, as on the screen
        k = POINTS_PER_MM
        self._parts = [f"{k:.5f} 0 0 {-k:.5f} 0 {height * k:.3f} cm"]

    def box(self, x: float, y: float, width: float, height: float, *, fill: Colour) -> None:
        self._parts.append(f"{_rgb(fill)} rg {x:.2f} {y:.2f} {width:.2f} {height:.2f} re f")

    def text(
        self, text: str, *, x: float, y: float, points: float, fill: Colour, is_bold: bool = False
    ) -> None:
        size = points * _MM_PER_POINT
        colour = _rgb(fill)
        # the family comes in one weight; a thin outline in the same colour makes it bold
        mode = f"2 Tr {colour} RG {size * _BOLDER:.3f} w" if is_bold else "0 Tr"
        letters = "".join(f"{self._lettering.glyph(character)[0]:04X}" for character in text)
        self._file.used.update(text)
        base = y + size * _ASCENT
        self._parts.append(
            f"BT {mode} {colour} rg /F {size:.3f} Tf 1 0 0 -1 {x:.3f} {base:.3f} Tm <{letters}> Tj ET"
        )

    def symbol(self, text: str, *, x: float, y: float, side: float) -> None:
        rows = symbol.matrix(text)
        module = side / len(rows)
        runs = [f"{column} {row} {length} 1.02 re" for row, column, length in symbol.runs(rows)]
        self._parts.append(
            f"q {module:.5f} 0 0 {module:.5f} {x:.3f} {y:.3f} cm {_rgb(INK)} rg\n" + "\n".join(runs) + "\nf Q"
        )

    def close(self) -> None:
        content = "\n".join(self._parts).encode()
        self._file.add_page(content, width=self._width, height=self._height)


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
        size = points * _MM_PER_POINT
        font = ImageFont.truetype(sans_path(), size=size * self._scale)
        base = (x * self._scale, (y + size * _ASCENT) * self._scale)
        stroke = size * _BOLDER * self._scale / 2 if is_bold else 0
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


def _rgb(colour: Colour) -> str:
    return " ".join(f"{part / 255:.3f}" for part in colour)
