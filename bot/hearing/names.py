"""Whether somebody has said that their name is to be kept out of it."""

import re
from typing import Final

from bot.hearing import texts

NOT_ANONYMOUS: Final = re.compile("|".join(texts.NOT_ANONYMOUS))
ANONYMOUS_PLAINLY: Final = re.compile("|".join(texts.ANONYMOUS_PLAINLY))


def wants_no_name(text: str) -> bool:
    """Said plainly; a letter without a name that somebody tells of is none."""
    if NOT_ANONYMOUS.search(text):
        return False
    return ANONYMOUS_PLAINLY.search(text) is not None or is_bare(text)


def is_bare(text: str) -> bool:
    rest = text.replace(texts.ANONYMOUS, "", 1)
    return texts.ANONYMOUS in text and all(char in texts.FILLERS for char in rest)
