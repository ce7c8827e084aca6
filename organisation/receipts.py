"""回执码 and 编号: what a villager keeps. The receipt opens a report's progress; the number opens nothing.

The receipt's last digit is Damm's check: every single wrong digit and every swap of two neighbours is found.
"""

import re
import secrets
import unicodedata

from organisation.entry_codes import ALPHABET

LENGTH = 16
# wrong tries are counted per first half, so that guessing the other half is refused
PREFIX_LENGTH = 8
NUMBER_LENGTH = 10

# A totally anti-symmetric quasigroup of order 10 (H. M. Damm, 2004): row = digit so far, column = next digit.
_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
_IGNORED_CATEGORIES = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Pd"})
_AMONG_WORDS = re.compile(rf"(?<!\d)\d(?:[\s.·\-–—]{{0,2}}\d){{{LENGTH - 1}}}(?!\d)")
_NUMBER = re.compile(rf"[{ALPHABET}]{{{NUMBER_LENGTH}}}")


def make_receipt() -> str:
    """Sixteen digits, fifteen of them random: a secret, to be stored only as a blind index."""
    head = f"{secrets.randbelow(10 ** (LENGTH - 1)):0{LENGTH - 1}}"
    return head + str(_damm(head))


def make_number() -> str:
    """Ten random characters: they tell neither place nor date nor how many reports there are."""
    drawn, letters = secrets.randbelow(len(ALPHABET) ** NUMBER_LENGTH), []
    for _ in range(NUMBER_LENGTH):
        drawn, place = divmod(drawn, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "".join(letters)


def is_valid(receipt: str) -> bool:
    """Whether `receipt`, already normalised, could have been given; nothing is looked up."""
    return is_shaped(receipt) and _damm(receipt) == 0


def is_shaped(receipt: str) -> bool:
    """Whether `receipt`, already normalised, has the length and digits of one: right, or mistyped."""
    return len(receipt) == LENGTH and receipt.isascii() and receipt.isdigit()


def find_in(text: str) -> str:
    """The receipt that stands among other words, normalised, right or mistyped; empty where there is none."""
    found = _AMONG_WORDS.search(unicodedata.normalize("NFKC", text))
    return normalise(found[0]) if found else ""


def is_number(text: str) -> bool:
    """Whether all of `text` may be the number of a report."""
    return _NUMBER.fullmatch(normalise(text).upper()) is not None


def normalise(text: str) -> str:
    """What was typed without spaces, hyphens and dots, full-width digits folded."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(
        c for c in folded if c not in ".·。" and unicodedata.category(c) not in _IGNORED_CATEGORIES
    )


def grouped(receipt: str) -> str:
    """For reading aloud and copying: `1234 5678 9012 3456`."""
    return " ".join(receipt[start : start + 4] for start in range(0, len(receipt), 4))


def _damm(digits: str) -> int:
    interim = 0
    for digit in digits:
        interim = _DAMM[interim][int(digit)]
    return interim
