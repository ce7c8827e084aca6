"""SQLite engine for tortoise-orm whose transactions take the write lock at once.

A deferred transaction that reads and then writes fails with "database is locked" whatever the busy timeout,
since SQLite will not wait for a lock that a stale snapshot can never get.
"""

import sqlite3
from typing import Any

from tortoise.backends.base.client import TransactionContext
from tortoise.backends.sqlite.client import (
    SqliteClient,
    SqliteTransactionContext,
    SqliteTransactionWrapper,
)
from tortoise.exceptions import OperationalError


class ImmediateTransaction(SqliteTransactionWrapper):
    async def begin(self) -> None:
        try:
            await self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as exc:
            raise OperationalError(exc) from exc


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


client_class = ImmediateClient
