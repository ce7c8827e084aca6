"""SQLite engine for tortoise-orm whose transactions take the write lock at once.

A deferred transaction that reads and then writes fails with "database is locked" whatever the busy timeout,
since SQLite will not wait for a lock that a stale snapshot can never get.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from tortoise.backends.base.client import NestedTransactionContext, TransactionContext
from tortoise.backends.sqlite.client import (
    SqliteClient,
    SqliteTransactionContext,
    SqliteTransactionWrapper,
)
from tortoise.exceptions import IntegrityError, OperationalError

Statement = tuple[str, Sequence[Any]]


class ImmediateTransaction(SqliteTransactionWrapper):
    """Fails with tortoise's own errors at its ends too, where the parent lets those of sqlite3 out.

    A full disk is noticed only when the log is written, which is at the commit.
    """

    async def begin(self) -> None:
        with in_our_words():
            await self._connection.execute("BEGIN IMMEDIATE")

    async def commit(self) -> None:
        with in_our_words():
            try:
                await super().commit()
            except sqlite3.Error:
                # not every failed commit ends its transaction, and the next one must not find it open
                await self.rollback()
                raise

    async def savepoint(self) -> None:
        with in_our_words():
            await super().savepoint()

    async def release_savepoint(self) -> None:
        with in_our_words():
            await super().release_savepoint()

    async def savepoint_rollback(self) -> None:
        # a full disk has undone the whole transaction already, savepoints and all
        if self._connection.in_transaction:
            await super().savepoint_rollback()

    def _in_transaction(self) -> TransactionContext:
        return NestedTransactionContext(ImmediateTransaction(self))


class ImmediateContext(SqliteTransactionContext):
    async def __aenter__(self) -> Any:
        try:
            return await super().__aenter__()
        except OperationalError:
            # the parent leaves the connection locked for ever when BEGIN fails
            self._trxlock.release()
            raise


class ImmediateClient(SqliteClient):
    def _in_transaction(self) -> TransactionContext:
        return ImmediateContext(ImmediateTransaction(self), self._lock)

    async def in_one_trip(self, work: Callable[[sqlite3.Connection], None]) -> None:
        """Runs `work` as one transaction in the connection's thread: each statement by itself costs a trip there.

        Raises what `work` or sqlite3 raises; nothing is kept then.
        """
        async with self.acquire_connection() as opened:
            # aiosqlite has no public way into its thread with more than one statement
            await opened._execute(_whole, opened._conn, work)


async def run_each(database: SqliteClient, statements: Sequence[Statement]) -> None:
    """One after the other in a single trip, in the running transaction if there is one; their rows are not read."""
    async with database.acquire_connection() as opened:
        with in_our_words():
            await opened._execute(_each, opened._conn, statements)


@contextmanager
def in_our_words() -> Iterator[None]:
    """Raises `IntegrityError` or `OperationalError` of tortoise in place of what sqlite3 raises."""
    try:
        yield
    except sqlite3.IntegrityError as exc:
        raise IntegrityError(exc) from exc
    except sqlite3.Error as exc:
        raise OperationalError(exc) from exc


def _each(raw: sqlite3.Connection, statements: Sequence[Statement]) -> None:
    for sql, values in statements:
        raw.execute(sql, values)


def _whole(raw: sqlite3.Connection, work: Callable[[sqlite3.Connection], None]) -> None:
    raw.execute("BEGIN IMMEDIATE")
    try:
        work(raw)
        raw.execute("COMMIT")
    except BaseException:  # whatever it is, the next one must not find this transaction open
        if raw.in_transaction:
            raw.execute("ROLLBACK")
        raise


client_class = ImmediateClient
