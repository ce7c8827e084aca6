"""PostgreSQL engine for tortoise-orm whose transactions leave nothing behind when their connection is cut.

The parent keeps a dead connection out of the pool and in the task's context when BEGIN or the release fails:
every later query of that task would run on the dead connection, until the process is started again.
"""

from typing import Any

from asyncpg.exceptions import InterfaceError, InternalClientError, PostgresError
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import PoolConnectionWrapper, TransactionContext, TransactionContextPooled
from tortoise.connection import get_connections
from tortoise.exceptions import TransactionManagementError

CUT = (PostgresError, InterfaceError, InternalClientError, OSError)


class WholeContext(TransactionContextPooled):
    async def __aenter__(self) -> Any:
        await self.ensure_connection()
        client: Any = self.client
        client._connection = await client._parent._pool.acquire()
        try:
            await client.begin()
        except BaseException:  # a cancellation too must not keep the connection
            await self._give_back()
            raise
        self.token = get_connections().set(self.connection_name, client)
        return client

    async def __aexit__(self, exc_type: Any, exc_val: Any, exc_tb: Any) -> None:
        client: Any = self.client
        try:
            if client._finalized or exc_type is TransactionManagementError:
                return
            if exc_type:
                await client.rollback()
            else:
                await client.commit()
        finally:
            get_connections().reset(self.token)
            await self._give_back()

    async def _give_back(self) -> None:
        client: Any = self.client
        try:
            await _to_pool(client._parent._pool, client._connection)
        except CUT:
            # the pool has thrown it away; whether the transaction was committed is settled before
            return


class Lent(PoolConnectionWrapper[Any]):
    async def __aexit__(self, exc_type: Any, exc_val: Any, exc_tb: Any) -> None:
        await _to_pool(self.client._pool, self.connection)


async def _to_pool(pool: Any, lent: Any) -> None:
    """The pool makes a task of every return, lest one that waits for the server be cancelled; most have nothing to
    wait for, and the task would cost as much as a short statement."""
    inner = lent._con
    if inner is None or not _is_at_rest(inner, lent._holder):
        await pool.release(lent)
        return
    inner._on_release()
    await lent._holder.release(None)


def _is_at_rest(inner: Any, holder: Any) -> bool:
    protocol = inner._protocol
    has_work = protocol.is_in_transaction() or inner._top_xact is not None or protocol._is_cancelling()
    is_worn_out = inner.is_closed() or protocol.queries_count >= holder._max_queries
    return not has_work and not is_worn_out


async def _nothing_left(_connection: Any) -> None:
    """A transaction left open is rolled back before; nobody here makes cursors, locks or settings of a session."""


class WholeClient(AsyncpgDBClient):
    async def create_pool(self, **options: Any) -> Any:
        # the pool's own way asks the server once more after each statement that has no transaction: twice the trips
        return await super().create_pool(reset=_nothing_left, **options)

    def acquire_connection(self) -> Lent:
        return Lent(self, self._pool_init_lock)

    def _in_transaction(self) -> TransactionContext:
        return WholeContext(TransactionWrapper(self), self._pool_init_lock)


client_class = WholeClient
