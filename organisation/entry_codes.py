"""码: the twelve characters on a poster; ten random ones and two that check them.

Each character is a number mod 31 (a prime). A code is right when both the plain sum and the sum weighted by
position (1 to 12) are 0. Two such sums make any two codes differ in at least three places, so one
or two wrong characters, and every swap of two characters wherever they stand, are always found.
"""

import re
import secrets
import unicodedata
from operator import mul
from urllib.parse import unquote

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 12
RANDOM_LENGTH = 10
_BASE = len(ALPHABET)
_WEIGHTS = range(1, LENGTH + 1)
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_DOTS = frozenset(".·・•。_")
_IGNORED_CATEGORIES = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Pd"})
_LINK = re.compile(r"/s/([^/?#\s]+)", re.IGNORECASE)
# a letter or digit that no code has and `normalise` does not drop
_FOREIGN = re.compile(r"[^\W_0-9A-Za-z]")
# of these no folding makes anything else; one is enough to know a sentence
_IDEOGRAPH = re.compile(r"[\u4e00-\u9fff]")
# whatever is folded into a slash, or into something with a slash in it
_SLASHED = re.compile(r"[/\uff0f\u2100\u2101\u2105\u2106]")


def make() -> str:
    """A new code; 31^10 of them, so guessing one that is in use is hopeless."""
    return with_check("".join(secrets.choice(ALPHABET) for _ in range(RANDOM_LENGTH)))


def with_check(head: str) -> str:
    """`head` (ten characters of `ALPHABET`) with its two check characters."""
    plain, weighted = _sums(head)
    last = (11 * plain - weighted) % _BASE
    before_last = (-plain - last) % _BASE
    return head + ALPHABET[before_last] + ALPHABET[last]


def is_valid(code: str) -> bool:
    """Whether `code`, already normalised, could have been issued; nothing is looked up."""
    return is_shaped(code) and _sums(code) == (0, 0)


def is_shaped(code: str) -> bool:
    """Whether `code`, already normalised, has the length and letters of a code: right, or mistyped."""
    return len(code) == LENGTH and _VALUES.keys() >= set(code)


def normalise(text: str) -> str:
    """What was typed, as it would be printed: full-width folded, upper case, no spaces, hyphens or dots."""
    if text.isascii() and text.isalnum():
        return text.upper()
    folded = unicodedata.normalize("NFKC", text)
    kept = (c for c in folded if c not in _DOTS and unicodedata.category(c) not in _IGNORED_CATEGORIES)
    return "".join(kept).upper()


def may_be_one(text: str) -> bool:
    """Whether nothing in `text` rules out at first sight that it is a code, as it does for a sentence."""
    return not _IDEOGRAPH.search(text) and not _FOREIGN.search(unicodedata.normalize("NFKC", text))


def find_in(text: str) -> str | None:
    """The valid code in a chat message: all of it is one, or it holds a poster's link (`…/s/CODE`)."""
    if is_valid(text):
        return text
    if _IDEOGRAPH.search(text) and not _SLASHED.search(text):
        return None
    folded = unicodedata.normalize("NFKC", text)
    links = _LINK.findall(folded) if "/" in folded else ()
    whole = (text,) if _FOREIGN.search(folded) is None else ()
    for candidate in (*whole, *map(unquote, links)):
        code = normalise(candidate)
        if is_valid(code):
            return code
    return None


def grouped(code: str) -> str:
    """For reading aloud and copying: `ABCD EFGH JKMN`."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def _sums(characters: str) -> tuple[int, int]:
    values = [_VALUES[character] for character in characters]
    return sum(values) % _BASE, sum(map(mul, values, _WEIGHTS)) % _BASE
