"""PostgreSQL engine for tortoise-orm whose transactions leave nothing behind when their connection is cut.

The parent keeps a dead connection out of the pool and in the task's context when BEGIN or the release fails:
every later query of that task would run on the dead connection, until the process is started again.
"""

from typing import Any

from asyncpg.exceptions import InterfaceError, InternalClientError, PostgresError
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import TransactionContext, TransactionContextPooled
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
            await client._parent._pool.release(client._connection)
        except CUT:
            # the pool has thrown it away; whether the transaction was committed is settled before
            return


async def _nothing_left(_connection: Any) -> None:
    """A transaction left open is rolled back before; nobody here makes cursors, locks or settings of a session."""


class WholeClient(AsyncpgDBClient):
    async def create_pool(self, **options: Any) -> Any:
        # the pool's own way asks the server once more after each statement that has no transaction: twice the trips
        return await super().create_pool(reset=_nothing_left, **options)

    def _in_transaction(self) -> TransactionContext:
        return WholeContext(TransactionWrapper(self), self._pool_init_lock)


client_class = WholeClient
