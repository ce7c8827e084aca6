"""A photo with a place hidden in it, and a voice message: what a real phone would send."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw
from PIL.TiffImagePlugin import IFDRational

GPS_IFD, EXIF_IFD = 0x8825, 0x8769
AMR_MAGIC = b"#!AMR\n"
# three seconds at 12.2 kbit/s, as phones record: vowels made of sums of sines, nobody's voice
SPEECH = Path(__file__).with_name("speech.amr")
BYTES_A_SECOND = 50 * 32


@cache
def photo(*, latitude: float = 27.5123, longitude: float = 110.1234) -> bytes:
    """A JPEG of a village notice board whose EXIF tells where, when and on which phone it was taken."""
    image = Image.new("RGB", (1200, 900), "#a8c4dc")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 600, 1200, 900), fill="#8a9a6b")
    draw.polygon([(80, 330), (600, 120), (1120, 330)], fill="#7b3f2e")
    draw.rectangle((140, 330, 1060, 760), fill="#e9e2d0")
    draw.rectangle((260, 400, 940, 690), fill="#2f6b4f", outline="#5b4a32", width=14)
    for row in range(4):
        for column in range(5):
            left, top = 300 + column * 126, 430 + row * 62
            draw.rectangle((left, top, left + 104, top + 44), fill="#fbf8ee")
            draw.line((left + 10, top + 15, left + 90, top + 15), fill="#9b9484", width=4)
            draw.line((left + 10, top + 29, left + 66, top + 29), fill="#9b9484", width=4)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=82, exif=_exif(latitude, longitude), comment=b"taken in the village")
    return out.getvalue()


def voice(*, seconds: int = 3) -> bytes:
    """AMR narrow band that can be heard, a minute at most."""
    speech = SPEECH.read_bytes().removeprefix(AMR_MAGIC)
    size = BYTES_A_SECOND * max(1, min(seconds, 60))
    return AMR_MAGIC + (speech * (size // len(speech) + 1))[:size]


def _exif(latitude: float, longitude: float) -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "StandIn", "Phone 9"
    exif[0x0132] = "2026:11:20 09:30:00"
    exif.get_ifd(EXIF_IFD)[0x9003] = "2026:11:20 09:30:00"
    exif.get_ifd(GPS_IFD).update({1: "N", 2: _degrees(latitude), 3: "E", 4: _degrees(longitude)})
    return exif


def _degrees(value: float) -> tuple[IFDRational, IFDRational, IFDRational]:
    whole = int(value)
    minutes = (value - whole) * 60
    return (
        IFDRational(whole, 1),
        IFDRational(int(minutes), 1),
        IFDRational(round((minutes - int(minutes)) * 60 * 1000), 1000),
    )
