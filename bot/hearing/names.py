"""Whether somebody has said that their name is to be kept out of it, or that it may stand there."""

from collections.abc import Collection
from itertools import pairwise

from bot.hearing import texts
from bot.hearing.sayings import Sayings
from models.saying import LONGEST
from organisation.sayings import bare


def wants_no_name(text: str, sayings: Sayings) -> bool:
    """Said anywhere in `text`; a letter without a name that somebody tells of is no wish."""
    if wants_a_name(text, sayings):
        return False
    return sayings.wishes.search(text) is not None or _asks_for_it(text)


def wants_a_name(text: str, sayings: Sayings) -> bool:
    return sayings.refusals.search(text) is not None


def is_nameless_after(text: str, sayings: Sayings, *, was: bool) -> bool:
    """The last wish holds; whoever speaks of a name again is asked again."""
    return not wants_a_name(text, sayings) and (was or wants_no_name(text, sayings))


def is_bare(text: str, sayings: Sayings) -> bool:
    """Whether nothing is said but 匿名."""
    return texts.ANONYMOUS in text and wants_no_name(text, sayings) and _is_all(text, texts.ANONYMOUS)


def is_bare_name(text: str) -> bool:
    """Whether nothing is said but 实名."""
    return _is_all(text, texts.NAMED)


def _is_all(text: str, word: str) -> bool:
    said = bare(text) if len(text) <= LONGEST else ""
    return word in said and all(char in texts.AROUND_A_NAME for char in said.replace(word, "", 1))


def _asks_for_it(text: str) -> bool:
    parts = text.split(texts.ANONYMOUS) if texts.ANONYMOUS in text else ()
    return any(not _is_of_others(before, after) for before, after in pairwise(parts))


def _is_of_others(before: str, after: str) -> bool:
    return after.startswith(texts.ANONYMOUS_OF_OTHERS) or _ends_near(before, texts.OTHERS_BEFORE)


def _ends_near(text: str, words: Collection[str]) -> bool:
    """Whether one of `words` stands close before the end of `text`, in the same clause."""
    near = text[-4:]
    clause = max(near.rfind(mark) for mark in texts.STOPS) + 1
    return any(word in near[clause:] for word in words)
