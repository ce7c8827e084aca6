"""Finding many names in one text, as written, by sound and behind a mask, in one pass whatever their number."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from routing.names import texts
from routing.names.sounds import Sounds, Token, loose, sounds_of
from routing.nodes import BodyNode, CadreNode, LiaisonNode, RecusalNode, StaffNode

Person = StaffNode | LiaisonNode | CadreNode
Node = Person | RecusalNode | BodyNode
_SYLLABLES = 12
_CODE = 21
_LONGEST_NAME = 4
_MOST_READINGS = 12


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A word to look for, and whose it is; `kind` is name, alias, post (a registered one) or unit."""

    word: str
    node: Node
    kind: str = "name"


@dataclass(frozen=True, slots=True)
class Found:
    """Where in the text; `how` is exact, sound (all alike), typed (in Latin letters), near or masked."""

    start: int
    end: int
    entry: Entry
    how: str = "exact"


class _Sorted:
    """Numbers and what stands under them, in twelve bytes each: a county has thousands, a country millions."""

    __slots__ = ("_at", "_keys")

    def __init__(self, pairs: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(set(pairs))
        self._keys = array("Q", (key for key, _ in ordered))
        self._at = array("I", (at for _, at in ordered))

    def get(self, key: int) -> "array[int]":
        keys = self._keys
        low = high = bisect_left(keys, key)
        while high < len(keys) and keys[high] == key:
            high += 1
        return self._at[low:high]


class NameIndex:
    """Words of at least two characters; persons' names also by sound and by first and last character."""

    __slots__ = ("_entries", "_first", "_pairs", "_sounds")

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = tuple(entry for entry in entries if len(entry.word) > 1)
        self._first = frozenset(entry.word[0] for entry in self._entries)
        pairs: list[tuple[int, int]] = []
        sounds: list[tuple[int, int]] = []
        for at, entry in enumerate(self._entries):
            pairs.append((_pair(entry.word[0], entry.word[1]), at))
            if entry.kind == "name" and len(entry.word) <= _LONGEST_NAME:
                pairs.extend((key, at) for key in _masked_keys(entry.word))
                sounds.extend((key, at) for key in _sound_keys(entry.word))
        self._pairs = _Sorted(pairs)
        self._sounds = _Sorted(sounds)

    def find(self, text: str) -> list[Found]:
        """Every place where a word stands as it is, without those inside a longer one."""
        first, entries = self._first, self._entries
        found: list[Found] = []
        for start in range(len(text) - 1):
            if text[start] in first:
                for at in self._pairs.get(_pair(text[start], text[start + 1])):
                    word = entries[at].word
                    if text.startswith(word, start):
                        found.append(Found(start, start + len(word), entries[at]))
        return _without_inner(found)

    def find_masked(self, text: str) -> Iterator[Found]:
        """张某力, 张x力, 张大某: the place of one character of three is taken by something that hides it."""
        for at in range(1, len(text)):
            if text[at] not in texts.MASK:
                continue
            if at + 1 < len(text):
                for number in self._pairs.get(_pair(text[at - 1], text[at + 1], hidden=1)):
                    yield Found(at - 1, at + 2, self._entries[number], "masked")
            if at > 1 and text[at + 1 : at + 2] not in texts.MASK[:2]:
                for number in self._pairs.get(_pair(text[at - 2], text[at - 1])):
                    entry = self._entries[number]
                    if entry.kind == "name" and len(entry.word) == 3:
                        yield Found(at - 2, at + 1, entry, "masked")

    def find_sounding(self, tokens: list[Token]) -> Iterator[Found]:
        """Names that sound like what is written, or are written in Latin letters, though not as they stand."""
        numbers = [loose(token.sounds) for token in tokens]
        for last in range(1, len(tokens)):
            ends, begins = numbers[last], numbers[last - 1]
            if not ends or not begins:
                continue
            for one, other in product(begins[:_MOST_READINGS], ends[:_MOST_READINGS]):
                for at in self._sounds.get(one << _SYLLABLES | other):
                    found = self._sounding(tokens, last, self._entries[at])
                    if found is not None:
                        yield found

    def _sounding(self, tokens: list[Token], last: int, entry: Entry) -> Found | None:
        first = last - len(entry.word) + 1
        if first < 0:
            return None
        given = tokens[first : last + 1]
        how = compare(given, entry.word)
        return Found(given[0].start, given[-1].end, entry, how) if how else None


def compare(given: list[Token], word: str) -> str:
    """How what is written resembles a name that it is not: typed, sound, near, or not at all."""
    pairs = list(zip(given, word, strict=True))
    same = [token.char == char for token, char in pairs]
    if all(same):
        return ""
    alike = [
        is_same or bool(token.sounds & sounds_of(char))
        for is_same, (token, char) in zip(same, pairs, strict=True)
    ]
    if all(alike):
        if not all(token.char for token in given):
            is_typed = all(is_same or not token.char for is_same, token in zip(same, given, strict=True))
            return "typed" if is_typed else ""
        return "sound" if same[0] or all(same[1:]) else ""
    is_near = all(token.char for token in given) and same[0] and sum(same) >= 2
    if is_near and all(
        ok or _is_near(token.sounds, char) for ok, (token, char) in zip(alike, pairs, strict=True)
    ):
        return "near"
    return ""


def likeness(given: list[Token], word: str) -> float:
    """How much a name beside a post resembles that of the holder: 2 a character, less for a mere sound."""
    total = 0.0
    for token, char in zip(given, word, strict=True):
        if token.char == char:
            total += 2
        elif token.sounds & sounds_of(char):
            total += 1.5
        elif _is_near(token.sounds, char) or _are_same_surnames(token.char, char):
            total += 1
    return total


def _is_near(sounds: Sounds, char: str) -> bool:
    return bool(set(loose(sounds)) & set(loose(sounds_of(char))))


def _are_same_surnames(one: str, other: str) -> bool:
    return any(one in group and other in group for group in texts.SAME_SURNAMES)


def _pair(one: str, other: str, *, hidden: int = 0) -> int:
    return hidden << (2 * _CODE) | ord(one) << _CODE | ord(other)


def _masked_keys(word: str) -> Iterator[int]:
    if len(word) == 3:
        yield _pair(word[0], word[2], hidden=1)


def _sound_keys(word: str) -> Iterator[int]:
    begins, ends = loose(sounds_of(word[-2])), loose(sounds_of(word[-1]))
    for one, other in product(begins[:_MOST_READINGS], ends[:_MOST_READINGS]):
        yield one << _SYLLABLES | other


def _without_inner(found: list[Found]) -> list[Found]:
    """王平 inside 王平安, where that is somebody too.

    Whom a recusal names covers nobody: one registered more must never let anybody see who could not.
    """
    kept: list[Found] = []
    began = reach = 0
    for each in sorted(found, key=lambda one: (one.start, -one.end)):
        if each.end < reach or (each.end == reach and began < each.start):
            continue
        kept.append(each)
        if each.end > reach and not isinstance(each.entry.node, RecusalNode):
            began, reach = each.start, each.end
    return kept
