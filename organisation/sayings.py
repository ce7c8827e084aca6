"""What people say for what: the words that ship with the house, and those of the organisation laid over them."""

import csv
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from models.saying import Saying
from models.terms import Meaning
from organisation import texts
from routing.table import RoutingTable

STANDARD: Final = Path(__file__).with_name("sayings.csv")
APART: Final = "；"
LEVELS: Final = (
    Meaning.VILLAGE,
    Meaning.TOWNSHIP,
    Meaning.DEPARTMENT,
    Meaning.COUNTY,
    Meaning.DISCIPLINE,
    Meaning.NONE,
    Meaning.UNKNOWN,
)
WITHIN: Final = (Meaning.ANONYMOUS, Meaning.NAMED)
"""These count wherever they stand in what is said, the others as a whole message only."""
FIXED: Final = tuple(
    meaning
    for meaning in Meaning
    if meaning not in (*WITHIN, *LEVELS, Meaning.GREETING, Meaning.THANKS, Meaning.YES, Meaning.NO)
)
RESERVED: Final = frozenset({*(meaning.label for meaning in FIXED), *texts.RESERVED})
"""They mean what they mean, whatever people here say."""
NUMERALS: Final = frozenset(texts.NUMERALS)
Words = Mapping[Meaning, frozenset[str]]
Pair = tuple[Meaning, str]


@cache
def _is_kept(char: str) -> bool:
    return unicodedata.category(char)[0] in "LN"


def bare(text: str) -> str:
    """Letters and digits alone, in half width: no blanks, stops, pictures."""
    return "".join(filter(_is_kept, unicodedata.normalize("NFKC", text)))


def spoken(text: str) -> str:
    """As words are compared."""
    return bare(text).lower()


@cache
def standard_words() -> Words:
    """The words that ship with the house."""
    with STANDARD.open(encoding="utf-8", newline="") as file:
        return {Meaning(row["meaning"]): frozenset(row["words"].split(APART)) for row in csv.DictReader(file)}


@cache
def standard_pairs() -> frozenset[Pair]:
    return frozenset((meaning, word) for meaning, words in standard_words().items() for word in words)


async def read_sayings() -> Words:
    """The words that count."""
    return laid_over(await given_sayings())


async def given_sayings() -> dict[Pair, bool]:
    """What the organisation says of words: whether they are to count."""
    return {(Meaning(row.meaning), row.word): row.is_active for row in await Saying.all()}


def laid_over(given: Mapping[Pair, bool]) -> Words:
    """Words of which nothing is `given` count as they ship."""
    found: dict[Meaning, set[str]] = {}
    for meaning, word in _counting(given):
        found.setdefault(meaning, set()).add(word)
    return {meaning: frozenset(words) for meaning, words in found.items()}


def meanings_of(given: Mapping[Pair, bool]) -> Mapping[str, set[Meaning]]:
    """By word, of those that count."""
    found: dict[str, set[Meaning]] = {}
    for meaning, word in _counting(given):
        found.setdefault(word, set()).add(meaning)
    return found


def _counting(given: Mapping[Pair, bool]) -> Iterable[Pair]:
    standing = (pair for pair in standard_pairs() if given.get(pair, True))
    return {*standing, *(pair for pair, counts in given.items() if counts)}


def others_meant(pair: Pair, meanings: Mapping[str, set[Meaning]]) -> set[Meaning]:
    """What else the word means. What ships may mean two things in two places, as 好 is a yes and a thank-you."""
    meaning, word = pair
    others = meanings.get(word, set()) - {meaning}
    if pair in standard_pairs():
        others = {other for other in others if (other, word) not in standard_pairs()}
    return others


def like_villages(pairs: Iterable[Pair], table: RoutingTable) -> Mapping[Pair, str]:
    """Words that are the name of a village too, or are in it where they count within a text, with that village."""
    whole = {(meaning, word) for meaning, word in pairs if meaning not in WITHIN}
    within = [(meaning, word) for meaning, word in pairs if meaning in WITHIN]
    found: dict[Pair, str] = {}
    for village in table.tree.nodes.villages():
        names = {village.name, *(village.name.removesuffix(end) for end in texts.VILLAGE_ENDS)}
        found |= {pair: village.name for pair in whole if pair[1] in names}
        found |= {pair: village.name for pair in within if pair[1] in village.name}
    return found
