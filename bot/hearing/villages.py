"""Which village is meant by some words: its name as written, by sound, or with a character dropped."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.hearing import texts
from routing.names.sounds import Token, loose, sounds_of, tokens_of
from routing.names.spelling import Written, plain, read
from routing.table import RegionNode, RoutingTable

# how sure a way of being found is; a township named beside it adds one
WRITTEN_WHOLE, WRITTEN, SOUNDED_WHOLE, SOUNDED, DROPPED = 5, 4, 3, 2, 1
SURE: Final = WRITTEN
TOWN_NAMED: Final = 1
LONGEST_HEARD: Final = 600
Loose = frozenset[int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """`sureness` compares ways of being found; `start` and `end` are places in the plain spelling."""

    code: str
    sureness: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Name:
    code: str
    stem: str
    sounds: tuple[Loose, ...]


class Gazetteer:
    """Villages of one organisation by the beginning of their names; made once for each of its versions."""

    def __init__(self, table: RoutingTable) -> None:
        self._table = table
        self._written: dict[str, list[Name]] = defaultdict(list)
        self._sounded: dict[tuple[int, int], list[Name]] = defaultdict(list)
        self._towns: dict[str, list[str]] = defaultdict(list)
        for village in table.tree.nodes.villages():
            self._learn(village)
        for node in table.tree.nodes.kept.values():
            if node.level == "township":
                self._towns[stem_of(plain(node.name), texts.TOWN_ENDS)].append(node.code)

    def _learn(self, node: RegionNode) -> None:
        name = _named(node)
        if len(name.stem) < 2:
            return
        self._written[name.stem[:2]].append(name)
        for first in name.sounds[0]:
            for second in name.sounds[1]:
                self._sounded[first, second].append(name)

    def villages(self, text: str) -> list[Candidate]:
        """The likeliest first; those no less sure than any other come together."""
        written = read(text[:LONGEST_HEARD])
        towns = set(self.towns(text))
        best: dict[str, Candidate] = {}
        for one in _outermost(self._all(written)):
            town = self._table.township_of(one.code)
            sureness = one.sureness + (TOWN_NAMED if town in towns else 0)
            known = best.get(one.code)
            if known is None or known.sureness < sureness:
                best[one.code] = Candidate(one.code, sureness, one.start, one.end)
        found = sorted(best.values(), key=lambda one: (-one.sureness, one.start, one.code))
        within = [one for one in found if self._table.township_of(one.code) in towns]
        return within or found

    def towns(self, text: str) -> list[str]:
        """Townships named in the words, with what they end in; the bare stem is mostly a village."""
        plainly = plain(text[:LONGEST_HEARD])
        return sorted(
            code
            for stem, codes in self._towns.items()
            if len(stem) > 1 and _is_town(plainly, stem)
            for code in codes
        )

    def _all(self, written: Written) -> Iterator[Candidate]:
        tokens = tokens_of(written)
        heard = [frozenset(loose(token.sounds)) for token in tokens]
        for at in range(len(tokens) - 1):
            pair = written.text[tokens[at].start : tokens[at].start + 2]
            for name in self._written.get(pair, ()):
                yield from _as_written(written.text, tokens[at].start, name)
            for first in heard[at]:
                for second in heard[at + 1]:
                    for name in self._sounded.get((first, second), ()):
                        yield from _as_sounded(tokens, heard, at, name)


def _as_written(text: str, start: int, name: Name) -> Iterator[Candidate]:
    end = start + len(name.stem)
    if text.startswith(name.stem, start):
        ending = _ending(text, end, texts.VILLAGE_ENDS)
        if ending or not _ending(text, end, (*texts.TOWN_ENDS, *texts.COUNTY_ENDS)):
            yield Candidate(name.code, WRITTEN_WHOLE if ending else WRITTEN, start, end + ending)
        return
    # the last character of a long name left out, as people do
    ending = _ending(text, end - 1, texts.VILLAGE_ENDS)
    if len(name.stem) > 2 and ending and text.startswith(name.stem[:-1], start):
        yield Candidate(name.code, DROPPED, start, end - 1 + ending)


def _as_sounded(tokens: Sequence[Token], heard: Sequence[Loose], at: int, name: Name) -> Iterator[Candidate]:
    after = at + len(name.sounds)
    if after > len(tokens):
        return
    if not all(one & other for one, other in zip(heard[at:after], name.sounds, strict=True)):
        return
    ending = _sounded_ending(tokens, after)
    if not ending and len(name.sounds) < 3:
        return
    last = tokens[after + ending - 1]
    yield Candidate(name.code, SOUNDED_WHOLE if ending else SOUNDED, tokens[at].start, last.end)


def _sounded_ending(tokens: Sequence[Token], at: int) -> int:
    """How many tokens say that the name of a village has ended."""
    for ending in texts.VILLAGE_SOUNDS:
        if len(tokens) - at >= len(ending) and all(
            sound in tokens[at + number].sounds for number, sound in enumerate(ending)
        ):
            return len(ending)
    return 0


def _ending(text: str, at: int, ends: Iterable[str]) -> int:
    return next((len(end) for end in ends if text.startswith(end, at)), 0)


def _is_town(text: str, stem: str) -> bool:
    at = text.find(stem)
    while at >= 0:
        if _ending(text, at + len(stem), texts.TOWN_ENDS):
            return True
        at = text.find(stem, at + 1)
    return False


def _outermost(found: Iterable[Candidate]) -> list[Candidate]:
    """Without those whose words lie within the words of a longer name."""
    all_found = sorted(set(found), key=lambda one: (one.start, -one.end))
    kept: list[Candidate] = []
    for one in all_found:
        longer = [each for each in kept if each.start <= one.start and one.end <= each.end]
        if not any((each.start, each.end) != (one.start, one.end) and _beats(each, one) for each in longer):
            kept.append(one)
    return kept


def _beats(longer: Candidate, shorter: Candidate) -> bool:
    return longer.sureness >= WRITTEN or shorter.sureness < WRITTEN


def stem_of(name: str, ends: Iterable[str]) -> str:
    for end in ends:
        if name.endswith(end) and len(name) > len(end):
            return name.removesuffix(end)
    return name


_names: dict[tuple[str, str], Name] = {}


def _named(node: RegionNode) -> Name:
    """Remembered over versions: sounding out every name again would cost most of the making."""
    key = (node.code, node.name)
    found = _names.get(key)
    if found is None:
        stem = stem_of(plain(node.name), texts.VILLAGE_ENDS)
        found = Name(node.code, stem, tuple(frozenset(loose(sounds_of(char))) for char in stem))
        _names[key] = found
    return found
