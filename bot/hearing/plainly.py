"""Short words for what they plainly stand for: a number among choices, a fixed word with a stop behind it. Pure."""

import re
import unicodedata
from collections.abc import Collection
from functools import cache
from typing import Final

from bot.hearing import texts

# longer than this it is something said
LONGEST: Final = 14
NUMBER: Final = re.compile(texts.NUMBER)
FRAME: Final = re.compile(rf"(?:{'|'.join(texts.BEFORE_A_WORD)})?(.+?)(?:{'|'.join(texts.AFTER_A_WORD)})?")


@cache
def _is_kept(char: str) -> bool:
    return unicodedata.category(char)[0] in "LN"


def bare(text: str) -> str:
    """Letters and digits alone, in half width: no blanks, stops, pictures."""
    return "".join(filter(_is_kept, unicodedata.normalize("NFKC", text)))


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


def fixed_word(text: str, words: Collection[str]) -> str:
    """The one of `words` that is plainly meant, as `提交。`, `我要查询` or `说完了`; else `text` as it is."""
    if len(text) > LONGEST or text in words:
        return text
    said = bare(text)
    framed = FRAME.fullmatch(said)
    for candidate in (said, framed[1] if framed else said):
        meant = texts.SAME_AS.get(candidate, candidate)
        if meant in words:
            return meant
    return text


def is_greeting(text: str) -> bool:
    return len(text) <= LONGEST and bare(text) in texts.GREETINGS


def is_thanks(text: str) -> bool:
    return len(text) <= LONGEST and bare(text) in texts.THANKS


def is_courtesy(text: str) -> bool:
    """A word that says nothing for a report."""
    return is_greeting(text) or is_thanks(text)


def is_filler(text: str) -> bool:
    """As `is_courtesy`, and a bare yes or no: where a question is asked it answers nothing."""
    return is_courtesy(text) or (len(text) <= LONGEST and bare(text) in texts.YES | texts.NO)
