"""One spelling for everything compared: full width, traditional, accented, blanks and dots hide nobody."""

import re
import unicodedata
from dataclasses import dataclass

from opencc import OpenCC

from routing.names import texts

_REMEMBERED = 60_000
_LONGEST = 3
"""Of a ligature that stands for a sentence, no more than this is read."""
_simplified = OpenCC("t2s").convert


class _Spelling(dict[int, str]):
    """What becomes of one character; a blank for what only separates."""

    def __missing__(self, code: int) -> str:
        made = "".join(_spell(char) for char in unicodedata.normalize("NFKC", chr(code))[:_LONGEST])
        if len(self) < _REMEMBERED:
            self[code] = made
        return made


def _spell(char: str) -> str:
    if char == "\n":
        return char
    category = unicodedata.category(char)
    if category.startswith(("C", "Z")) or char in texts.SEPARATORS:
        return " "
    if category == "Mn":
        return ""
    parts = unicodedata.normalize("NFD", char)
    if parts[0].isascii():
        return "v" if "\u0308" in parts and parts[0] in "uU" else parts[0].lower()
    return str(_simplified(char))[:1] if category == "Lo" else char


_SPELLING = _Spelling()
_TAKEN_APART = re.compile(r"([一-鿿])([。,、!|+=#…*~;:])([一-鿿])\2(?=[一-鿿])")


@dataclass(frozen=True, slots=True)
class Written:
    """`text` without what only separates; `gaps` are the places where something was left out."""

    text: str
    gaps: frozenset[int]


def read(text: str) -> Written:
    """The words of a report; a new line stays, so that no name is read across two of them."""
    spelled = _TAKEN_APART.sub(r"\1\3", text.translate(_SPELLING))
    if " " not in spelled:
        return Written(spelled, frozenset())
    pieces = spelled.split(" ")
    gaps, length = [], 0
    for piece in pieces:
        length += len(piece)
        gaps.append(length)
    return Written("".join(pieces), frozenset(gaps))


def plain(text: str) -> str:
    """A name, post or unit in that spelling, in one line."""
    return text.translate(_SPELLING).replace(" ", "").replace("\n", "") if text else ""
