"""The tree of administrative divisions."""

from collections.abc import Iterable

from routing.nodes import RegionNode

_DIVISION_DIGITS = (12, 9, 6, 4)
"""Village, township, county and city of the official 12-digit code; a group adds three digits."""
_DEEPEST = 8


class RegionTree:
    """Walks upward only; a broken or circular parent ends a walk instead of looping."""

    __slots__ = ("nodes",)

    def __init__(self, regions: Iterable[RegionNode]) -> None:
        self.nodes = {region.code: region for region in regions}

    def path(self, code: str) -> tuple[str, ...]:
        """Codes from the top down to this one."""
        return tuple(reversed(self.upward(code)))

    def upward(self, code: str) -> list[str]:
        """Codes from this one up to the top."""
        walked: list[str] = []
        nodes = self.nodes
        node = nodes.get(code)
        while node is not None and len(walked) < _DEEPEST:
            walked.append(node.code)
            node = nodes.get(node.parent) if node.parent else None
        return walked

    def above(self, code: str, level: str) -> str | None:
        """The division of that level which the code is or lies in."""
        node = self.nodes.get(code)
        for _ in range(_DEEPEST):
            if node is None:
                return None
            if node.level == level:
                return node.code
            node = self.nodes.get(node.parent) if node.parent else None
        return None

    def nearest(self, code: str) -> str | None:
        """The code itself, or the closest known division that its digits name."""
        if code in self.nodes:
            return code
        shortened = (code[:digits].ljust(12, "0") for digits in _DIVISION_DIGITS)
        return next((short for short in shortened if short in self.nodes), None)
