"""One finding: what is wrong, where, and in one sentence what to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from routing.linter import texts

Severity = Literal["error", "warning"]
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Spot:
    """Where: the code of a region, body, zone, area or row, and its name as people read it."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """All spots of one kind. An "error" leaves reports without hands; a "warning" will, or wants a look.

    Bodies and places are named, persons never: who is recused from what is not the linter's to tell.
    """

    severity: Severity
    kind: str
    spots: tuple[Spot, ...]

    @property
    def words(self) -> str:
        """The sentence with the first few spots and how many there are."""
        names = "、".join(spot.name for spot in self.spots[:SHOWN])
        if len(self.spots) > SHOWN:
            names += texts.AND_MORE.format(count=len(self.spots))
        return str(getattr(texts, self.kind.upper())).format(where=names)


def found(severity: Severity, kind: str, spots: Iterable[tuple[str, str]]) -> Finding:
    return Finding(severity=severity, kind=kind, spots=tuple(Spot(*spot) for spot in spots))
