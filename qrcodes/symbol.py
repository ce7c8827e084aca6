"""The square itself: dark modules as runs for print, or as a PNG for a phone."""

import io
from collections.abc import Iterator

import qrcode
import qrcode.constants
from PIL import Image

QUIET = 4
# Searching the best of eight masks costs six times the rest; any mask scans, this one looks even on links.
_MASK = 3


def matrix(text: str) -> list[list[bool]]:
    """Rows of modules without the quiet zone; nearly a third of it may be torn, wet or pinned (level H)."""
    code = qrcode.QRCode(
        error_correction=qrcode.constants.ERROR_CORRECT_H, mask_pattern=_MASK, border=0, box_size=1
    )
    code.add_data(text, optimize=0)
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.get_matrix()]


def runs(rows: list[list[bool]]) -> Iterator[tuple[int, int, int]]:
    """Dark stretches as (row, first column, length): a third of the rectangles single modules would need."""
    for row, modules in enumerate(rows):
        start: int | None = None
        for column, is_dark in enumerate([*modules, False]):
            if is_dark and start is None:
                start = column
            elif not is_dark and start is not None:
                yield row, start, column - start
                start = None


def png(text: str, *, pixels: int = 8) -> bytes:
    """A black and white picture with its quiet zone, `pixels` to a module."""
    rows = matrix(text)
    side = len(rows) + 2 * QUIET
    image = Image.new("1", (side, side), 1)
    for row, start, length in runs(rows):
        for column in range(start, start + length):
            image.putpixel((column + QUIET, row + QUIET), 0)
    out = io.BytesIO()
    image.resize((side * pixels, side * pixels), Image.Resampling.NEAREST).save(out, "PNG", optimize=True)
    return out.getvalue()
