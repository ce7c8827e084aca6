"""One database on PostgreSQL, brought back for the next test to what its schema `saved` holds.

What a test did not touch stays as it is, and the connection stays too: it knows every table already.
"""

import asyncio

import asyncpg

from tests.servers import GUESTS

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'tortoise%'"
LEAVING_SECONDS = 0.002
# somebody else sent away all who were connected, or the server was started anew
CUT = (asyncpg.PostgresConnectionError, asyncpg.OperatorInterventionError, asyncpg.InterfaceError, OSError)


class Restored:
    """To be called from any thread that runs no event loop: the connection has a loop of its own."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._beside = asyncio.Runner()
        self._server: asyncpg.Connection | None = None
        # of each table, the rows that are saved and the transaction that put them back
        self._put_back: dict[str, tuple[int, str]] = {}

    def restore(self) -> None:
        try:
            self._beside.run(self._restore())
        except CUT:
            self._server = None
            self._beside.run(self._restore())

    def close(self) -> None:
        if self._server is not None:
            self._server.terminate()
        self._beside.close()

    async def _restore(self) -> None:
        if self._server is None:
            self._server = await asyncpg.connect(self._url)
        if not self._put_back:
            for (name,) in await self._server.fetch(TABLES):
                rows = await self._server.fetchval(f'SELECT count(*) FROM saved."{name}"')
                self._put_back[name] = (rows, "0")
        database = self._url.rsplit("/", 1)[1]
        # one that is told to leave may still be committing
        while await self._server.fetch(GUESTS, database):
            await asyncio.sleep(LEAVING_SECONDS)
        asked = " UNION ALL ".join(_if_touched(name, *kept) for name, kept in self._put_back.items())
        touched = [name for (name,) in await self._server.fetch(asked)]
        if not touched:
            return
        async with self._server.transaction():
            await self._server.execute("SET LOCAL session_replication_role = replica")
            for name in touched:
                await self._server.execute(
                    f'DELETE FROM public."{name}"; INSERT INTO public."{name}" SELECT * FROM saved."{name}"'
                )
            xid = await self._server.fetchval("SELECT pg_current_xact_id()::xid::text")
        self._put_back |= {name: (self._put_back[name][0], xid) for name in touched}


def _if_touched(name: str, rows: int, xid: str) -> str:
    """A row that was written since has the `xmin` of another transaction; one that was deleted is missing."""
    if not rows:
        return f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM public.\"{name}\")"
    return (
        f"SELECT '{name}' WHERE {rows} <> (SELECT count(*) FROM public.\"{name}\" WHERE xmin = '{xid}')"
        f" OR EXISTS (SELECT 1 FROM public.\"{name}\" WHERE xmin <> '{xid}')"
    )
