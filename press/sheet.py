"""One sheet of a PDF, drawn on in millimetres from the upper left corner."""

from typing import Final

from press.lettering import Lettering
from press.pdf import POINTS_PER_MM, PdfFile

Colour = tuple[int, int, int]
INK: Colour = (28, 28, 30)
ASCENT: Final = 0.88
"""Of the height of a line of this font, what stands above the base line."""
BOLDER: Final = 0.022
MM_PER_POINT: Final = 25.4 / 72


class PdfSheet:
    """Everything is vector; put on its file by `close`."""

    def __init__(self, file: PdfFile, *, lettering: Lettering, width: float, height: float) -> None:
        self._file = file
        self._lettering = lettering
        self._width, self._height = width, height
        self._pictures: list[int] = []
        # y runs down, as on the screen
        k = POINTS_PER_MM
        self._parts = [f"{k:.5f} 0 0 {-k:.5f} 0 {height * k:.3f} cm"]

    def box(self, x: float, y: float, width: float, height: float, *, fill: Colour) -> None:
        self._parts.append(f"{rgb(fill)} rg {x:.2f} {y:.2f} {width:.2f} {height:.2f} re f")

    def text(
        self, text: str, *, x: float, y: float, points: float, fill: Colour = INK, is_bold: bool = False
    ) -> None:
        """Its upper left corner is at `x`, `y`."""
        size = points * MM_PER_POINT
        colour = rgb(fill)
        # the family comes in one weight; a thin outline in the same colour makes it bold
        mode = f"2 Tr {colour} RG {size * BOLDER:.3f} w" if is_bold else "0 Tr"
        letters = "".join(f"{self._lettering.glyph(character)[0]:04X}" for character in text)
        self._file.used.update(text)
        base = y + size * ASCENT
        self._parts.append(
            f"BT {mode} {colour} rg /F {size:.3f} Tf 1 0 0 -1 {x:.3f} {base:.3f} Tm <{letters}> Tj ET"
        )

    def picture(self, number: int, *, x: float, y: float, width: float, height: float) -> None:
        """One that was added to the file; its upper left corner is at `x`, `y`."""
        self._pictures.append(number)
        # a picture stands on its lower edge, and y runs down here
        self._parts.append(f"q {width:.2f} 0 0 {-height:.2f} {x:.2f} {y + height:.2f} cm /P{number} Do Q")

    def close(self) -> None:
        content = "\n".join(self._parts).encode()
        self._file.add_page(content, width=self._width, height=self._height, pictures=self._pictures)


def rgb(colour: Colour) -> str:
    return " ".join(f"{part / 255:.3f}" for part in colour)
