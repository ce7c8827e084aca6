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
from clients.database import Write, connection, is_sqlite, rows, text_list, write
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
        return talks | await self._opened(missing, at=at) if missing else talks

    async def _opened(self, people: dict[str, str], *, at: datetime) -> dict[str, Talk]:
        """New conversations; where another process opens one at this moment, that one."""
        fresh = {index: self._fresh(index) for index in sorted(people)}
        values = [
            (
                talk.id,
                index,
                wrapped,
                talk.key.seal_text(people[index], place=f"conversation:{talk.id}:openid"),
                sealed_state(talk.id, talk.key, talk.state),
                day_of(at),
            )
            for index, (talk, wrapped) in fresh.items()
        ]
        is_alone = is_sqlite(connection())
        opening = OPEN if is_alone else f"{OPEN} RETURNING person_index"
        ours = await write(Write(sql=opening, columns=OPENED, values=values))
        opened = fresh.keys() if is_alone else {row["person_index"] for row in ours}
        talks = {index: fresh[index][0] for index in opened}
        others = fresh.keys() - talks.keys()
        return talks | await self._locked(others) if others else talks

    async def _locked(self, people: Iterable[str]) -> dict[str, Talk]:
        found = await rows(LOAD, text_list(people))
        return {row["person_index"]: self._talk(row) for row in found}

    def _fresh(self, person_index: str) -> tuple[Talk, bytes]:
        """A conversation that has just begun, and its wrapped key."""
        talk_id = new_id()
        key, wrapped = self._vault.new_key(place=f"conversation:{talk_id}:key")
        self._remember(talk_id, key)
        talk = Talk(
            id=talk_id,
            person_index=person_index,
            key=key,
            state=State(),
            is_following=True,
            window_until=None,
            window_left=0,
            minute=0,
            minute_messages=0,
            day=0,
            day_messages=0,
            day_reports=0,
        )
        return talk, wrapped

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

    async def keep(
        self,
        *,
        pieces: Sequence[tuple[Any, ...]],
        inbox: Sequence[tuple[Any, ...]],
        talks: Iterable[Talk] = (),
        at: datetime,
    ) -> None:
        """Appends rows of `draft_piece` and `inbox_message` and writes conversations back, all at once."""
        changed_at = day_of(at)
        kept = [
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
        ]
        await write(
            _appended("draft_piece", pieces),
            _appended("inbox_message", inbox),
            Write(sql=KEEP_TALK, columns=TALKED, values=kept),
        )


def _appended(table: str, values: Sequence[tuple[Any, ...]]) -> Write:
    columns = COLUMNS[table]
    sql = f"INSERT INTO {table} ({', '.join(columns)}) SELECT * FROM given_rows"
    return Write(sql=sql, columns=columns, values=values)


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
