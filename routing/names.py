"""Finding many names in one text: an index on the first two characters, read once along the text."""

from collections.abc import Iterable
from dataclasses import dataclass

from routing.nodes import CadreNode, LiaisonNode, RecusalNode, StaffNode

Node = StaffNode | LiaisonNode | CadreNode | RecusalNode


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A word to look for, and whose it is; `is_post` marks a post rather than a name."""

    word: str
    node: Node
    is_post: bool = False


class NameIndex:
    """Words of at least two characters, found in a text in one pass whatever their number."""

    __slots__ = ("_by_pair",)

    def __init__(self, entries: Iterable[Entry]) -> None:
        by_pair: dict[str, list[Entry]] = {}
        for entry in entries:
            if len(entry.word) > 1:
                by_pair.setdefault(entry.word[:2], []).append(entry)
        self._by_pair = {pair: tuple(found) for pair, found in by_pair.items()}

    def find(self, text: str) -> list[Entry]:
        """Every entry whose word occurs in the text, each once, in order of first occurrence."""
        found: dict[Entry, None] = {}
        by_pair = self._by_pair
        for start in range(len(text) - 1):
            entries = by_pair.get(text[start : start + 2])
            if entries is not None:
                for entry in entries:
                    if text.startswith(entry.word, start):
                        found[entry] = None
        return list(found)
