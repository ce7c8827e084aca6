"""Trouble on demand: what the platform's API does wrong the next so many times."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

FaultKind = Literal["errcode", "status", "slow", "reset", "lost", "text"]
KINDS: tuple[FaultKind, ...] = get_args(FaultKind)


@dataclass(slots=True, kw_only=True)
class Fault:
    """`path` is an API path or `*`. `times` None lasts until cleared.

    errcode: answers it · status: that HTTP status · slow: waits `seconds`, then goes on · reset: the
    connection is cut before anything is done · lost: all is done, then the connection is cut ·
    text: JSON as text/plain.
    """

    path: str
    kind: FaultKind
    times: int | None = 1
    errcode: int = -1
    status: int = 502
    seconds: float = 0.0

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class Faults:
    def __init__(self) -> None:
        self._all: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self._all.append(fault)

    def take(self, path: str) -> Fault | None:
        """The oldest fault for this path, one use of it gone."""
        for fault in self._all:
            if fault.path in (path, "*"):
                if fault.times is not None:
                    fault.times -= 1
                    if fault.times <= 0:
                        self._all.remove(fault)
                return fault
        return None

    def all(self) -> list[Fault]:
        return list(self._all)

    def clear(self) -> None:
        self._all.clear()
