"""Units and posts compared, whatever their spelling."""

from routing import texts
from routing.names.spelling import plain

__all__ = ["agree", "is_discipline_post", "plain", "plain_unit"]


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
