"""Conversations, inbox and draft pieces for many messages at once: the one place of hand-written SQL in the bot.

A turn costs a handful of statements however many people's messages share the transaction; through the ORM one
insert alone would cost more than a whole turn (docs/benchmarks.md).
"""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from bot.dialogue import State
from clients.database import rows, text_list, write
from models.fields import new_id, to_millis
from vault.keys import DataKey
from vault.vault import Vault

KEYS_REMEMBERED = 20_000
LOAD = """SELECT id, person_index, data_key, sealed_state, is_following, window_until, window_left,
    minute, minute_messages, day, day_messages, day_reports
  FROM conversation WHERE person_index in_list($1) ORDER BY id FOR UPDATE"""
ANSWERED = "SELECT key, conversation_id, sealed_answer FROM inbox_message WHERE key in_list($1)"
# column → its type on PostgreSQL, in the order of the values
OPENED = {
    "id": "text",
    "person_index": "text",
    "data_key": "bytea",
    "sealed_openid": "bytea",
    "sealed_state": "bytea",
    "changed_at": "bigint",
}
TALKED = {
    "id": "text",
    "sealed_state": "bytea",
    "is_following": "boolean",
    "window_until": "bigint",
    "window_left": "int",
    "minute": "bigint",
    "minute_messages": "int",
    "day": "bigint",
    "day_messages": "int",
    "day_reports": "int",
    "changed_at": "bigint",
}
COLUMNS = {
    "inbox_message": {
        "key": "text",
        "conversation_id": "text",
        "sealed_answer": "bytea",
        "sealed_body": "bytea",
        "received_at": "bigint",
    },
    "draft_piece": {
        "id": "text",
        "conversation_id": "text",
        "kind": "text",
        "sealed_body": "bytea",
        "said_at": "bigint",
    },
}
OPEN = """INSERT INTO conversation (id, person_index, data_key, sealed_openid, sealed_state, changed_at,
    is_following, window_left, minute, minute_messages, day, day_messages, day_reports)
  SELECT given.*, TRUE, 0, 0, 0, 0, 0, 0 FROM given_rows WHERE TRUE ON CONFLICT (person_index) DO NOTHING"""
KEEP_TALK = f"""UPDATE conversation SET {", ".join(f"{column} = given.{column}" for column in TALKED)}
  FROM given_rows WHERE conversation.id = given.id"""


@dataclass(slots=True, kw_only=True)
class Talk:
    """One locked conversation, as it will be written back."""

    id: str
    person_index: str
    key: DataKey
    state: State
    is_following: bool
    window_until: int | None
    window_left: int
    minute: int
    minute_messages: int
    day: int
    day_messages: int
    day_reports: int


class Ledger:
    """Reads and writes conversations; remembers the data keys of the latest ones."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._keys: OrderedDict[str, DataKey] = OrderedDict()

    async def load(self, people: dict[str, str], *, at: datetime) -> dict[str, Talk]:
        """Locks the conversations of `people` (person index → openid), opening those that are new."""
        talks = await self._locked(people)
        missing = {index: openid for index, openid in people.items() if index not in talks}
        if missing:
            opening = [self._opening(index, openid, at=at) for index, openid in sorted(missing.items())]
            await write(OPEN, OPENED, opening)
            talks |= await self._locked(missing)
        return talks

    async def _locked(self, people: Iterable[str]) -> dict[str, Talk]:
        found = await rows(LOAD, text_list(people))
        return {row["person_index"]: self._talk(row) for row in found}

    def _opening(self, index: str, openid: str, *, at: datetime) -> tuple[Any, ...]:
        talk_id = new_id()
        key, wrapped = self._vault.new_key(place=f"conversation:{talk_id}:key")
        self._remember(talk_id, key)
        sealed_openid = key.seal_text(openid, place=f"conversation:{talk_id}:openid")
        return (talk_id, index, wrapped, sealed_openid, sealed_state(talk_id, key, State()), day_of(at))

    def _talk(self, row: Any) -> Talk:
        key = self._key(row["id"], row["data_key"])
        state = State.from_json(
            orjson.loads(key.open(row["sealed_state"], place=f"conversation:{row['id']}:state"))
        )
        return Talk(
            id=row["id"],
            person_index=row["person_index"],
            key=key,
            state=state,
            is_following=bool(row["is_following"]),
            window_until=row["window_until"],
            window_left=row["window_left"],
            minute=row["minute"],
            minute_messages=row["minute_messages"],
            day=row["day"],
            day_messages=row["day_messages"],
            day_reports=row["day_reports"],
        )

    def _key(self, talk_id: str, wrapped: bytes) -> DataKey:
        key = self._keys.get(talk_id)
        if key is None:
            key = self._vault.key(wrapped, place=f"conversation:{talk_id}:key")
            self._remember(talk_id, key)
        return key

    def _remember(self, talk_id: str, key: DataKey) -> None:
        self._keys[talk_id] = key
        if len(self._keys) > KEYS_REMEMBERED:
            self._keys.popitem(last=False)

    async def answered(self, keys: Iterable[str]) -> dict[str, tuple[str, bytes | None]]:
        """Pushes already worked off: inbox key → conversation id and sealed answer."""
        found = await rows(ANSWERED, text_list(keys))
        return {row["key"]: (row["conversation_id"], row["sealed_answer"]) for row in found}

    async def keep_talks(self, talks: Iterable[Talk], *, at: datetime) -> None:
        changed_at = day_of(at)
        await write(
            KEEP_TALK,
            TALKED,
            [
                (
                    talk.id,
                    sealed_state(talk.id, talk.key, talk.state),
                    talk.is_following,
                    talk.window_until,
                    talk.window_left,
                    talk.minute,
                    talk.minute_messages,
                    talk.day,
                    talk.day_messages,
                    talk.day_reports,
                    changed_at,
                )
                for talk in talks
            ],
        )

    async def keep_rows(self, table: str, values: Sequence[tuple[Any, ...]]) -> None:
        """Appends to `inbox_message` or `draft_piece`."""
        columns = COLUMNS[table]
        await write(f"INSERT INTO {table} ({', '.join(columns)}) SELECT * FROM given_rows", columns, values)


def sealed_state(talk_id: str, key: DataKey, state: State) -> bytes:
    return key.seal_json(state.as_json(), place=f"conversation:{talk_id}:state")


async def pieces_of(talk_id: str) -> Sequence[Any]:
    """`id` and `sealed_body` of everything said for the draft."""
    return await rows("SELECT id, sealed_body FROM draft_piece WHERE conversation_id = $1", talk_id)


async def forget_pieces(talk_id: str) -> None:
    await rows("DELETE FROM draft_piece WHERE conversation_id = $1", talk_id)


def day_of(at: datetime) -> int:
    """When a push came, to the day: the minute would lead from the log and from a report to whoever spoke then."""
    return to_millis(at.replace(hour=0, minute=0, second=0, microsecond=0))
