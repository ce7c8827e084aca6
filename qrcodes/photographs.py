"""What the squares on a photo hold; the photo is looked at and forgotten."""

import asyncio
import io
from typing import Final

import zxingcpp
from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST_PIXELS: Final = 40_000_000
SIDE: Final = 2400
"""A poster fills a good part of the picture; a larger one is looked at no better, only longer."""
# a picture of this size is 120 MB while it is looked at
_LOOKING = asyncio.Semaphore(2)


async def read_squares(photo: bytes) -> list[str]:
    """Empty when there is no square, or no picture."""
    async with _LOOKING:
        return await asyncio.to_thread(_read, photo)


def _read(photo: bytes) -> list[str]:
    try:
        with Image.open(io.BytesIO(photo), formats=("JPEG", "PNG", "WEBP")) as picture:
            if picture.width * picture.height > LARGEST_PIXELS:
                return []
            picture.draft("L", (SIDE, SIDE))
            grey = ImageOps.exif_transpose(picture).convert("L")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return []
    grey.thumbnail((SIDE, SIDE))
    # made anew each time: one that outlives its module is reported on standard error when a process ends
    squares = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    found = zxingcpp.read_barcodes(grey, formats=squares)
    return [square.text for square in found if square.text]
