"""Conversations, inbox and draft pieces for many messages at once: the one place of hand-written SQL in the bot.

A turn costs a handful of statements, mostly one, however many people's messages share the transaction; through
the ORM one insert alone would cost more than a whole turn (docs/benchmarks.md).
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from bot.talks import Talk, Talks, begun
from clients.database import connection, is_sqlite, rows, text_list
from clients.writes import Write, appended, write, write_whole
from models.fields import to_millis
from vault.vault import Vault

Rows = Sequence[tuple[Any, ...]]
FIND = """SELECT id, person_index, data_key, sealed_state, version, is_following, window_until, window_left,
    minute, minute_messages, day, day_messages, day_reports
  FROM conversation WHERE person_index in_list($1)"""
LOCK = f"{FIND} ORDER BY id FOR UPDATE"
ANSWERED = "SELECT key, conversation_id, sealed_answer FROM inbox_message WHERE key in_list($1)"
# column → its type on PostgreSQL, in the order of the values
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
    "version": "int",
}
OPENED = {"person_index": "text", "data_key": "bytea", "sealed_openid": "bytea", **TALKED}
INBOX = {
    "key": "text",
    "conversation_id": "text",
    "sealed_answer": "bytea",
    "sealed_body": "bytea",
    "received_at": "bigint",
}
PIECES = {
    "id": "text",
    "conversation_id": "text",
    "kind": "text",
    "sealed_body": "bytea",
    "said_at": "bigint",
}
OPEN = f"""INSERT INTO conversation ({", ".join(OPENED)}) SELECT given.* FROM given_rows WHERE TRUE
  ON CONFLICT (person_index) DO NOTHING"""
SET = ", ".join(f"{name} = given.{name}" for name in TALKED if name not in ("id", "version"))
KEEP = f"""UPDATE conversation SET {SET}, version = conversation.version + 1 FROM given_rows
  WHERE conversation.id = given.id AND conversation.version = given.version"""


class Ledger:
    """Reads and writes conversations; `talks` are those it remembers."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self.talks = Talks(vault)

    async def find(self, people: Collection[str]) -> dict[str, Talk]:
        """Conversations of `people` (person indexes), remembered or read without a lock; new ones for the others.

        All of them are remembered.
        """
        found = {index: talk for index in people if (talk := self.talks.get(index)) is not None}
        missing = [index for index in people if index not in found]
        if missing:
            read = await self._read(FIND, missing)
            for index in missing:
                # what was written meanwhile is newer
                talk = self.talks.get(index) or read.get(index)
                found[index] = talk or begun(index, vault=self._vault)
            self.talks.remember(found[index] for index in missing)
        return found

    async def keep_whole(
        self, *, talks: Iterable[Talk], openids: dict[str, str], pieces: Rows, inbox: Rows, at: datetime
    ) -> None:
        """Everything of one group in one trip, a transaction of its own; raises `Stale` when somebody else wrote.

        `talks` are as `find` gave them and the turns left them; they are remembered as written.
        """
        # in one order in every process, so that two of them wait for each other's rows one way only
        talks = sorted(talks, key=lambda talk: talk.id)
        inbox = sorted(inbox, key=lambda row: row[0])
        fresh = [talk for talk in talks if not talk.version]
        opened = [self._opening(talk, openid=openids[talk.person_index], at=at) for talk in fresh]
        await write_whole(
            appended("conversation", OPENED, opened),
            appended("draft_piece", PIECES, pieces),
            appended("inbox_message", INBOX, inbox),
            known=_kept([talk for talk in talks if talk.version], at=at),
        )
        self._are_written(talks)

    async def lock(self, people: dict[str, str], *, at: datetime) -> dict[str, Talk]:
        """Locks the conversations of `people` (person index → openid), opening those that are new."""
        talks = await self._read(LOCK, people)
        missing = {index: openid for index, openid in people.items() if index not in talks}
        return talks | await self._open(missing, at=at) if missing else talks

    async def _open(self, people: dict[str, str], *, at: datetime) -> dict[str, Talk]:
        """New conversations; where another process opens one at this moment, that one."""
        fresh = {index: begun(index, vault=self._vault) for index in sorted(people)}
        values = [self._opening(talk, openid=people[index], at=at) for index, talk in fresh.items()]
        is_alone = is_sqlite(connection())
        opening = OPEN if is_alone else f"{OPEN} RETURNING person_index"
        ours = await write(Write(sql=opening, columns=OPENED, values=values))
        opened = fresh.keys() if is_alone else {row["person_index"] for row in ours}
        talks = {index: fresh[index] for index in opened}
        for talk in talks.values():
            talk.version = 1
        others = fresh.keys() - talks.keys()
        return talks | await self._read(LOCK, others) if others else talks

    async def _read(self, sql: str, people: Iterable[str]) -> dict[str, Talk]:
        return {row["person_index"]: self.talks.opened(row) for row in await rows(sql, text_list(people))}

    async def answered(self, keys: Iterable[str]) -> dict[str, tuple[str, bytes | None]]:
        """Pushes already worked off: inbox key → conversation id and sealed answer."""
        found = await rows(ANSWERED, text_list(keys))
        return {row["key"]: (row["conversation_id"], row["sealed_answer"]) for row in found}

    async def keep(
        self, *, talks: Sequence[Talk] = (), pieces: Any = (), inbox: Any = (), at: datetime
    ) -> None:
        """As `keep_whole`, in the transaction that has locked `talks`; they are remembered once it commits."""
        await write(
            appended("draft_piece", PIECES, pieces),
            appended("inbox_message", INBOX, inbox),
            _kept(talks, at=at),
        )

    def are_committed(self, talks: Iterable[Talk]) -> None:
        self._are_written(list(talks))

    def _are_written(self, talks: Sequence[Talk]) -> None:
        for talk in talks:
            talk.version += 1
        self.talks.remember(talks)

    def _opening(self, talk: Talk, *, openid: str, at: datetime) -> tuple[Any, ...]:
        sealed_openid = talk.key.seal_text(openid, place=f"conversation:{talk.id}:openid")
        row = _row(talk, changed_at=day_of(at))
        return (talk.person_index, talk.wrapped_key, sealed_openid, *row[:-1], 1)


def _kept(talks: Iterable[Talk], *, at: datetime) -> Write:
    changed_at = day_of(at)
    values = [_row(talk, changed_at=changed_at) for talk in talks]
    return Write(sql=KEEP, columns=TALKED, values=values)


def _row(talk: Talk, *, changed_at: int) -> tuple[Any, ...]:
    """In the order of `TALKED`."""
    return (
        talk.id,
        talk.sealed_state,
        talk.is_following,
        talk.window_until,
        talk.window_left,
        talk.minute,
        talk.minute_messages,
        talk.day,
        talk.day_messages,
        talk.day_reports,
        changed_at,
        talk.version,
    )


async def pieces_of(talk_id: str) -> Sequence[Any]:
    """`id`, `kind` and `sealed_body` of everything said for the draft."""
    return await rows("SELECT id, kind, sealed_body FROM draft_piece WHERE conversation_id = $1", talk_id)


def without_pieces(talk_id: str) -> Write:
    sql = "DELETE FROM draft_piece WHERE conversation_id IN (SELECT conversation_id FROM given_rows)"
    return Write(sql=sql, columns={"conversation_id": "text"}, values=[(talk_id,)])


async def forget_pieces(talk_id: str) -> None:
    await write(without_pieces(talk_id))


async def forget_piece(piece_id: str) -> None:
    await rows("DELETE FROM draft_piece WHERE id = $1", piece_id)


async def change_piece(piece_id: str, sealed_body: bytes) -> None:
    await rows("UPDATE draft_piece SET sealed_body = $2 WHERE id = $1", piece_id, sealed_body)


def day_of(at: datetime) -> int:
    """When a push came, to the day: the minute would lead from the log and from a report to whoever spoke then."""
    return to_millis(at.replace(hour=0, minute=0, second=0, microsecond=0))
