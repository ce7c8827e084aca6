"""A number among choices, however it is said. Pure."""

import re
import unicodedata
from typing import Final

from bot.hearing import texts
from models.saying import LONGEST

NUMBER: Final = re.compile(texts.NUMBER)


def number_said(text: str) -> int | None:
    """`3`, `３、`, `③`, `第三个`, `选3`; None for anything else."""
    if len(text) > LONGEST:
        return None
    folded = unicodedata.normalize("NFKC", text).replace("\ufe0f", "").replace("\u20e3", "")
    found = NUMBER.fullmatch(re.sub(r"^\W+|\W+$", "", folded))
    if found is None:
        return None
    word = found[1]
    return int(word) if word.isdecimal() else sum(texts.NUMERALS[char] for char in word)


def is_digit_said(text: str) -> bool:
    """Whether a number was written with digits: `一` alone may be something said."""
    return any(char.isdecimal() for char in unicodedata.normalize("NFKC", text))


def is_stray_number(text: str) -> bool:
    """Whether somebody chooses where nothing is offered, by a second tap of the same key for instance."""
    return number_said(text) is not None and is_digit_said(text)
