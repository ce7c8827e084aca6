"""The tree of administrative divisions."""

from collections.abc import Iterable, Iterator, Mapping

from routing.columns import Leaves, is_leaf, parent_of
from routing.nodes import RegionNode

VILLAGE_DIGITS = 12
TOWNSHIP_DIGITS = 9
SETTLED = ("township", "county", "city")
"""Levels of places that have bodies of their own."""
_DIVISION_DIGITS = (VILLAGE_DIGITS, 9, 6, 4)
"""Village, township, county and city of the official 12-digit code; a group adds three digits."""
_DEEPEST = 8


def divisions_above_township(code: str) -> tuple[str, str]:
    """County and city that the digits of a code name, whether there are such or not."""
    return (code[:6] + "000000", code[:4] + "00000000")


def township_digits(code: str) -> str:
    """The township that the digits of a code name; of a township, county or city the code itself."""
    return code[:TOWNSHIP_DIGITS] + "000"


def _is_settled(node: RegionNode) -> bool:
    return node.level in SETTLED and node.code == township_digits(node.code)


class RegionNodes(Mapping[str, RegionNode]):
    """Every division by code. What the digits tell of villages and groups is not kept beside them."""

    __slots__ = ("_groups", "_villages", "kept", "strays")

    def __init__(self, regions: Iterable[RegionNode]) -> None:
        self.kept: dict[str, RegionNode] = {}
        villages: list[RegionNode] = []
        groups: list[RegionNode] = []
        for region in regions:
            if not is_leaf(region):
                self.kept[region.code] = region
            else:
                (villages if region.level == "village" else groups).append(region)
        # a group of a village that lies elsewhere than its digits say goes with it
        self.kept |= {group.code: group for group in groups if group.parent in self.kept}
        groups = [group for group in groups if group.code not in self.kept]
        self.strays = {code: node for code, node in self.kept.items() if not _is_settled(node)}
        """Those to which the digits of a code do not lead; hardly any, so that asking for one costs little."""
        self._villages = Leaves(villages, level="village", digits=12)
        self._groups = Leaves(groups, level="group", digits=15)

    def __getitem__(self, code: str) -> RegionNode:
        node = self.kept.get(code) or self._villages.get(code) or self._groups.get(code)
        if node is None:
            raise KeyError(code)
        return node

    def __contains__(self, code: object) -> bool:
        return isinstance(code, str) and (code in self.kept or self.is_leaf(code))

    def __iter__(self) -> Iterator[str]:
        yield from self.kept
        yield from self._villages
        yield from self._groups

    def __len__(self) -> int:
        return len(self.kept) + len(self._villages) + len(self._groups)

    def villages(self) -> Iterator[RegionNode]:
        yield from (node for node in self.kept.values() if node.level == "village")
        yield from self._villages.nodes()

    def villages_of(self, township: str) -> int:
        """A bit for each village whose digits say that it is the township's: at their last three."""
        if len(township) != VILLAGE_DIGITS or not (township.isascii() and township.isdigit()):
            return 0
        first = int(township)
        return sum(1 << code - first for code in self._villages.within(first, first + 999))

    def is_leaf(self, code: str) -> bool:
        """A village or group whose parents its digits name."""
        return self._villages.index(code) >= 0 or self._groups.index(code) >= 0

    def parent(self, code: str) -> str | None:
        """The code above, empty at the top; None for a code that is not there."""
        node = self.kept.get(code)
        if node is not None:
            return node.parent or ""
        return parent_of(code) if self.is_leaf(code) else None


class RegionTree:
    """Walks upward only; a broken or circular parent ends a walk instead of looping."""

    __slots__ = ("nodes",)

    def __init__(self, regions: Iterable[RegionNode]) -> None:
        self.nodes = RegionNodes(regions)

    def path(self, code: str) -> tuple[str, ...]:
        """Codes from the top down to this one."""
        return tuple(reversed(self.upward(code)))

    def upward(self, code: str) -> list[str]:
        """Codes from this one up to the top."""
        walked: list[str] = []
        parent = self.nodes.parent(code)
        while parent is not None and len(walked) < _DEEPEST:
            walked.append(code)
            code, parent = parent, self.nodes.parent(parent) if parent else None
        return walked

    def above(self, code: str, level: str) -> str | None:
        """The division of that level which the code is or lies in."""
        if level == "village" and self.nodes.is_leaf(code):
            village = code[:VILLAGE_DIGITS]
            if village == code or self.nodes.is_leaf(village):
                return village
        for above in self.upward(code):
            node = self.nodes.kept.get(above)
            found = (
                node.level if node is not None else ("village" if len(above) == VILLAGE_DIGITS else "group")
            )
            if found == level:
                return above
        return None

    def nearest(self, code: str) -> str | None:
        """The code itself, or the closest known division that its digits name."""
        if code in self.nodes:
            return code
        shortened = (code[:digits].ljust(12, "0") for digits in _DIVISION_DIGITS)
        return next((short for short in shortened if short in self.nodes), None)
