"""海报样式: a county's own header and colour, kept as a row."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from tortoise.transactions import in_transaction

from models.poster_style import PosterStyle
from organisation.codes.errors import ColourWrong, HeaderTooLong
from vault.log import record

LONGEST: Final = 20
# WCAG AA for large letters in white, as most stand on the band
LEAST_CONTRAST: Final = 4.5
Colour = tuple[int, int, int]


async def set_style(county: str, *, header: str, colour: str, at: datetime, by: str) -> None:
    """Of a county that is there. Raises `ColourWrong`, `HeaderTooLong`."""
    header, colour = header.strip(), colour.strip().lower()
    if len(header) > LONGEST:
        raise HeaderTooLong
    if not re.fullmatch("#[0-9a-f]{6}", colour) or _contrast(rgb_of(colour)) < LEAST_CONTRAST:
        raise ColourWrong
    async with in_transaction():
        await PosterStyle.update_or_create({"header": header, "colour": colour}, county=county)
        await record("posters.style", by=by, at=at, object_id=county, data={"colour": colour})


async def styles() -> Mapping[str, PosterStyle]:
    """By county."""
    return {style.county: style for style in await PosterStyle.all()}


def rgb_of(colour: str) -> Colour:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _contrast(colour: Colour) -> float:
    """Of white letters on it."""

    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)

    red, green, blue = map(linear, colour)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
