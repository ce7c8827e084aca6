"""What the API is measured against: aiohttp and SQL, without sealing, routing, limits, sessions of its own or an ORM.

`row` keeps the JSON in one row of a table of two columns, and finds it by its key.

`rows` keeps what one filing of ours keeps: rows of the same tables (so of the same columns, sizes, indexes and foreign
keys), copied from a report filed by our own code at the start, under keys of their own; `executemany` for each table,
in one transaction. To read, it finds by their keys the session, the report, its messages and its files, a statement
each.
"""

import asyncio
import itertools
import json
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import aiosqlite
import asyncpg
from aiohttp import web

from clients.database import SQLITE_PRAGMAS
from intake.draft import Draft
from intake.submit import submit
from models.choices import Channel
from models.entry_code import EntryCode
from organisation.house import HOUSE

TABLES = ("report", "message", "routing_decision", "event", "outbox_notice")
FRESH = {
    "number": 5,
    "receipt_index": 32,
    "reporter_index": 32,
    "dedupe_key": 38,
}
"""Columns whose value is another in each report, and of how many random bytes as hexadecimal digits it is."""


class Database(Protocol):
    """`$1` in statements of both."""

    def transaction(self) -> AbstractAsyncContextManager[Any]: ...
    async def many(self, sql: str, rows: Sequence[Sequence[Any]], *, inside: Any) -> object: ...
    async def find(self, sql: str, *values: Any) -> Sequence[Any]: ...


@dataclass(slots=True)
class OnSqlite:
    database: aiosqlite.Connection
    lock: asyncio.Lock

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[None]:
        # one connection: who begins while another has begun waits
        async with self.lock:
            await self.database.execute("BEGIN IMMEDIATE")
            yield
            await self.database.execute("COMMIT")

    async def many(self, sql: str, rows: Sequence[Sequence[Any]], *, inside: Any) -> object:
        return await self.database.executemany(sql.replace("$", "?"), rows)

    async def find(self, sql: str, *values: Any) -> Sequence[Any]:
        return list(await self.database.execute_fetchall(sql.replace("$", "?"), values))


@dataclass(slots=True)
class OnPostgres:
    pool: Any

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Any]:
        async with self.pool.acquire() as connection, connection.transaction():
            yield connection

    async def many(self, sql: str, rows: Sequence[Sequence[Any]], *, inside: Any) -> object:
        return await inside.executemany(sql, rows)

    async def find(self, sql: str, *values: Any) -> Sequence[Any]:
        found: Sequence[Any] = await self.pool.fetch(sql, *values)
        return found


async def bare_app(stack: AsyncExitStack, url: str, *, what: str, ours: web.Application) -> web.Application:
    """On the migrated database of `ours`, which makes what is copied and then rests."""
    database = await _opened(stack, url)
    file, show = await (_one_row if what == "row" else _same_rows)(database, ours)
    app = web.Application()
    app.router.add_post("/api/v1/reports", file)
    app.router.add_get("/api/v1/reports/{number}", show)
    return app


async def _opened(stack: AsyncExitStack, url: str) -> Database:
    if not url.startswith("sqlite"):
        pool = await stack.enter_async_context(asyncpg.create_pool(url, min_size=12, max_size=12))
        return OnPostgres(pool)
    path = url.removeprefix("sqlite://")
    connection = await stack.enter_async_context(aiosqlite.connect(path, isolation_level=None))
    for name, value in {**SQLITE_PRAGMAS, "journal_mode": "WAL", "foreign_keys": "ON"}.items():
        await connection.execute(f"PRAGMA {name}={value}")
    connection.row_factory = aiosqlite.Row
    return OnSqlite(connection, asyncio.Lock())


Handler = Callable[[web.Request], Awaitable[web.Response]]


async def _one_row(database: Database, ours: web.Application) -> tuple[Handler, Handler]:
    async with database.transaction() as inside:
        await database.many("CREATE TABLE bare (key TEXT PRIMARY KEY, body TEXT)", [()], inside=inside)
    count = itertools.count()

    async def file(request: web.Request) -> web.Response:
        key = f"K{next(count):09}"
        await database.find("INSERT INTO bare VALUES ($1, $2)", key, json.dumps(await request.json()))
        return _filed(key)

    async def show(request: web.Request) -> web.Response:
        number = request.match_info["number"]
        found = await database.find("SELECT body FROM bare WHERE key = $1", number)
        return web.json_response({"number": number, "body": found[0]["body"]})

    return file, show


async def _same_rows(database: Database, ours: web.Application) -> tuple[Handler, Handler]:
    kept = await _copied(database, ours)
    inserts = {table: _insert(table, rows[0]) for table, rows in kept.items()}
    index = ours[HOUSE].vault.index

    async def file(request: web.Request) -> web.Response:
        await request.json()
        report_id, number = secrets.token_urlsafe(16), ""
        async with database.transaction() as inside:
            for table, rows in kept.items():
                fresh = [_anew(row, report_id=report_id, is_report=table == "report") for row in rows]
                number = number or fresh[0]["number"]
                await database.many(inserts[table], [list(row.values()) for row in fresh], inside=inside)
        return _filed(number)

    async def show(request: web.Request) -> web.Response:
        token = index("token", request.headers["Authorization"].removeprefix("Bearer "))
        await database.find("SELECT * FROM api_session WHERE token_index = $1", token)
        number = request.match_info["number"]
        (report,) = await database.find("SELECT * FROM report WHERE number = $1", number)
        said = "SELECT * FROM message WHERE report_id = $1 ORDER BY said_at"
        messages = await database.find(said, report["id"])
        files = await database.find("SELECT * FROM attachment WHERE report_id = $1", report["id"])
        told = [[row["said_at"], row["speaker"], row["sealed_text"].hex()] for row in messages]
        shown = {"number": number, "status": report["status"], "messages": told, "files": len(files)}
        return web.json_response(shown)

    return file, show


def _insert(table: str, row: dict[str, Any]) -> str:
    places = ", ".join(f"${number}" for number in range(1, len(row) + 1))
    return f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})"


async def _copied(database: Database, ours: web.Application) -> dict[str, list[dict[str, Any]]]:
    """Table → rows of one report filed by our own code, as filed by `Channel.WEB`."""
    house, entry = ours[HOUSE], await EntryCode.first()
    assert entry is not None
    person = house.vault.index("session", "of the bench")
    draft = Draft(entry=entry, level="none", text="灯" * 45, channel=Channel.WEB, person_index=person)
    await submit(draft, house=house)
    kept = {table: [dict(row) for row in await database.find(f"SELECT * FROM {table}")] for table in TABLES}
    for event in kept["event"]:
        del event["id"]
    return kept


def _anew(row: dict[str, Any], *, report_id: str, is_report: bool) -> dict[str, Any]:
    anew = row | {name: secrets.token_hex(size) for name, size in FRESH.items() if name in row}
    if "id" in row:
        anew["id"] = report_id if is_report else secrets.token_urlsafe(16)
    return anew if is_report else anew | {"report_id": report_id}


def _filed(number: str) -> web.Response:
    return web.json_response({"number": number, "receipt": "1" * 16, "status": "received"}, status=201)
