"""The chain over the log: what an event says, and what stood before it, under a key that no database holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from vault.vault import Vault

START: Final = bytes(32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What an event says, as both databases give it back; `at` in milliseconds."""

    id: int
    at: int
    actor: str
    action: str
    report_id: str | None
    object_id: str
    data: str

    @classmethod
    def of(cls, row: Any) -> "Said":
        given = row["data"]
        parsed = orjson.loads(given) if isinstance(given, str | bytes) else given
        return cls(
            id=row["id"],
            at=row["at"],
            actor=row["actor"],
            action=row["action"],
            report_id=row["report_id"],
            object_id=row["object_id"],
            # PostgreSQL keeps JSON in an order of its own
            data=orjson.dumps(parsed, option=orjson.OPT_SORT_KEYS).decode(),
        )

    def values(self) -> Sequence[Any]:
        return (self.id, self.at, self.actor, self.action, self.report_id, self.object_id, self.data)


@dataclass(frozen=True, slots=True)
class Link:
    """`own` closes the event alone, `chained` it and everything before: so a change of one is told from a gap."""

    own: bytes
    chained: bytes

    @classmethod
    def read(cls, stored: bytes) -> "Link":
        return cls(stored[:32], stored[32:])

    def stored(self) -> bytes:
        return self.own + self.chained


class Chain:
    """Keyed by `INDEX_KEY`, which stays: whoever has the database alone can make no link."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def link(self, said: Said, *, after: bytes) -> Link:
        own = self.own(said)
        return Link(own, self.chained(own, after=after))

    def own(self, said: Said) -> bytes:
        return self._digest("event", orjson.dumps(said.values()).decode())

    def chained(self, own: bytes, *, after: bytes) -> bytes:
        return self._digest("link", after.hex() + own.hex())

    def anchor(self, *, day: str, place: int, link: str, after: str) -> str:
        return self._digest("anchor", f"{day} {place} {link} {after}").hex()

    def _digest(self, kind: str, value: str) -> bytes:
        return bytes.fromhex(self._vault.index(f"log {kind}", value))
