"""Rows of strings kept as columns: a country has 690,000 villages, and an object for each would fill a machine."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from routing.nodes import RegionNode

_VILLAGE, _GROUP, _TOWNSHIP = 12, 15, 9
_BLOCK = 128


class Words(Sequence[str]):
    """Many short strings in one long one."""

    __slots__ = ("_ends", "_text")

    def __init__(self, words: Iterable[str]) -> None:
        kept = list(words)
        self._text = "".join(kept)
        self._ends = array("I", accumulate(map(len, kept)))

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, index: int) -> str:  # type: ignore[override]
        return self._text[self._ends[index - 1] if index else 0 : self._ends[index]]


def is_leaf(region: RegionNode) -> bool:
    """Whether a village or group says with the digits of its code alone what its level and parent are."""
    code = region.code
    if not (code.isascii() and code.isdigit()):
        return False
    if region.level == "village":
        return len(code) == _VILLAGE and code[_TOWNSHIP:] != "000" and region.parent == parent_of(code)
    return region.level == "group" and len(code) == _GROUP and region.parent == parent_of(code)


def parent_of(code: str) -> str:
    """The division above a village or group, by its digits."""
    return code[:_VILLAGE] if len(code) == _GROUP else code[:_TOWNSHIP] + "000"


class Leaves:
    """Villages, or groups: the names under their sorted codes, all of one length."""

    __slots__ = ("_codes", "_digits", "_fence", "_level", "_names")

    def __init__(self, regions: Iterable[RegionNode], *, level: str, digits: int) -> None:
        inside = {int(region.code): region.name for region in regions}
        codes = sorted(inside)
        self._level, self._digits = level, digits
        self._codes = array("q", codes)
        # of a country's codes every step of a search would wait for memory: the first steps go over few
        self._fence = self._codes[::_BLOCK]
        self._names = Words(map(inside.__getitem__, codes))

    def __len__(self) -> int:
        return len(self._codes)

    def __iter__(self) -> Iterator[str]:
        return (f"{code:0{self._digits}}" for code in self._codes)

    def index(self, code: str) -> int:
        """Where the code stands; -1 when there is no such division."""
        if len(code) != self._digits or not (code.isascii() and code.isdigit()):
            return -1
        number = int(code)
        start = max(0, bisect_left(self._fence, number) - 1) * _BLOCK
        found = bisect_left(self._codes, number, start, min(start + _BLOCK + 1, len(self._codes)))
        return found if found < len(self._codes) and self._codes[found] == number else -1

    def within(self, first: int, last: int) -> Sequence[int]:
        """The codes from `first` to `last`, both included."""
        start = bisect_left(self._codes, first)
        return self._codes[start : bisect_left(self._codes, last + 1, start)]

    def get(self, code: str) -> RegionNode | None:
        found = self.index(code)
        if found < 0:
            return None
        return RegionNode(code, self._names[found], self._level, parent_of(code))

    def nodes(self) -> Iterator[RegionNode]:
        for number, code in enumerate(self):
            yield RegionNode(code, self._names[number], self._level, parent_of(code))
