"""One spelling for names and units, so that full-width letters, blanks and dots hide nobody."""

import unicodedata

from routing import texts

_DROPPED = str.maketrans("", "", "·•・‧()（）")


def plain(text: str) -> str:
    """The text in NFKC without white space, middle dots and brackets."""
    if not text:
        return ""
    return "".join(unicodedata.normalize("NFKC", text).split()).translate(_DROPPED)


def plain_unit(unit: str) -> str:
    """A unit's name with the usual variants of a discipline body's title made one."""
    name = plain(unit)
    for variant, title in texts.UNIT_TITLES:
        name = name.replace(variant, title)
    return name


def is_discipline_post(post: str) -> bool:
    """Whether a post or unit, as written, belongs to the discipline inspection and supervision bodies."""
    return texts.DISCIPLINE_WORDS.search(plain(post)) is not None


def agree(*, given: str, known: str) -> bool:
    """Whether one of two non-empty posts or units contains the other."""
    left, right = plain_unit(given), plain_unit(known)
    return bool(left and right) and (left in right or right in left)
