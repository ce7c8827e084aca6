"""One person's conversation as the bot holds it, and those it remembers between one word and the next."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import orjson

from bot.dialogue import State
from bot.saying import Window
from models.fields import new_id
from vault.keys import DataKey
from vault.vault import Vault

REMEMBERED = 20_000
HOUR_MILLIS = 3_600_000


@dataclass(slots=True, kw_only=True)
class Talk:
    """One conversation, as it was read and as it will be written back.

    `version` is that of the row it was read from; 0 when there is no row yet, which `wrapped_key` is then for.
    """

    id: str
    person_index: str
    key: DataKey
    state: State
    version: int = 0
    wrapped_key: bytes = b""
    is_following: bool = True
    window_until: int | None = None
    window_left: int = 0
    minute: int = 0
    minute_messages: int = 0
    day: int = 0
    day_messages: int = 0
    day_reports: int = 0

    @property
    def sealed_state(self) -> bytes:
        return self.key.seal_json(self.state.as_json(), place=f"conversation:{self.id}:state")

    def open_window(self, window: Window, *, now: int) -> None:
        """`now` in milliseconds."""
        until = now + window.seconds * 1_000
        if window.seconds > HOUR_MILLIS // 1000:
            # to the hour only: the moment of the last word is often the moment of filing
            until -= until % HOUR_MILLIS
        is_open = self.window_until is not None and self.window_until > now
        self.window_left = max(window.messages, self.window_left if is_open else 0)
        self.window_until = max(until, self.window_until or 0)


def begun(person_index: str, *, vault: Vault) -> Talk:
    """A conversation that has just begun."""
    talk_id = new_id()
    key, wrapped = vault.new_key(place=f"conversation:{talk_id}:key")
    return Talk(id=talk_id, person_index=person_index, key=key, state=State(), wrapped_key=wrapped)


class Talks:
    """The latest conversations by person index, as last read or written, or just begun.

    Each row's version says if it still is so. A group that fails has changed them in memory only: whoever works on
    them forgets them first of all then.
    """

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._latest: OrderedDict[str, Talk] = OrderedDict()

    def get(self, person_index: str) -> Talk | None:
        return self._latest.get(person_index)

    def remember(self, talks: Iterable[Talk]) -> None:
        for talk in talks:
            self._latest[talk.person_index] = talk
            self._latest.move_to_end(talk.person_index)
        while len(self._latest) > REMEMBERED:
            self._latest.popitem(last=False)

    def forget(self, people: Iterable[str]) -> None:
        for person_index in people:
            self._latest.pop(person_index, None)

    def opened(self, row: Any) -> Talk:
        """From a row of `conversation`."""
        known = self._latest.get(row["person_index"])
        place = f"conversation:{row['id']}"
        is_known = known is not None and known.id == row["id"]
        key = known.key if known and is_known else self._vault.key(row["data_key"], place=f"{place}:key")
        state = orjson.loads(key.open(row["sealed_state"], place=f"{place}:state"))
        return Talk(
            id=row["id"],
            person_index=row["person_index"],
            key=key,
            state=State.from_json(state),
            version=row["version"],
            is_following=bool(row["is_following"]),
            window_until=row["window_until"],
            window_left=row["window_left"],
            minute=row["minute"],
            minute_messages=row["minute_messages"],
            day=row["day"],
            day_messages=row["day_messages"],
            day_reports=row["day_reports"],
        )
