"""The bare handlers we are measured against: verify, decrypt, parse, one row, an encrypted answer; nothing else.

They use our own envelope and parser, which are quicker than wechatpy's, so that what differs is the work alone.
"""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

import aiosqlite
import asyncpg
from aiohttp import web
from pushes import AES_KEY, APPID, TOKEN

from bot.envelope import Envelope
from bot.incoming import parse, reply_text

Row = tuple[str, str, str, int]
Keep = Callable[[Row], Awaitable[None]]

ANSWER = "记下了（2条）。还有就接着说，说完请回复：\n1 提交"
TABLE = "CREATE TABLE bare (key TEXT PRIMARY KEY, openid TEXT, body TEXT, received_at BIGINT)"
SQLITE_INSERT = "INSERT INTO bare VALUES (?, ?, ?, ?)"
POSTGRES_INSERT = "INSERT INTO bare VALUES ($1, $2, $3, $4)"
POSTGRES_MANY = "INSERT INTO bare SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[])"
GROUP = 64


async def make_bare(keep: Keep) -> web.Application:
    envelope = Envelope(appid=APPID, token=TOKEN, aes_keys=[AES_KEY])

    async def receive(request: web.Request) -> web.Response:
        opened = envelope.open(await request.read(), query=request.query)
        incoming = parse(opened.body)
        await keep((incoming.dedupe_key, incoming.openid, opened.body.decode(), int(time.time() * 1000)))
        reply = envelope.close(reply_text(incoming, ANSWER), opened=opened, at=incoming.at)
        return web.Response(body=reply, content_type="text/xml")

    app = web.Application()
    app.router.add_post("/wechat", receive)
    return app


@asynccontextmanager
async def each_on_sqlite(path: str) -> AsyncIterator[Keep]:
    async with aiosqlite.connect(path, isolation_level=None) as database:
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            await database.execute(f"PRAGMA {pragma}")
        await database.execute(TABLE)

        async def keep(row: Row) -> None:
            # one statement is one transaction of its own
            await database.execute(SQLITE_INSERT, row)

        yield keep


@asynccontextmanager
async def each_on_postgres(url: str) -> AsyncIterator[Keep]:
    async with asyncpg.create_pool(url, min_size=12, max_size=12) as pool:
        await pool.execute(TABLE)

        async def keep(row: Row) -> None:
            await pool.execute(POSTGRES_INSERT, *row)

        yield keep


@asynccontextmanager
async def groups_on_sqlite(path: str) -> AsyncIterator[Keep]:
    database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", TABLE):
        database.execute(statement)
    thread = ThreadPoolExecutor(1)

    def write(group: list[Row]) -> None:
        database.execute("BEGIN IMMEDIATE")
        database.executemany(SQLITE_INSERT, group)
        database.execute("COMMIT")

    async def write_aside(group: list[Row]) -> None:
        await asyncio.get_running_loop().run_in_executor(thread, write, group)

    async with _gathering(write_aside) as keep:
        yield keep
    thread.shutdown()
    database.close()


@asynccontextmanager
async def groups_on_postgres(url: str) -> AsyncIterator[Keep]:
    async with asyncpg.create_pool(url, min_size=1, max_size=1) as pool:
        await pool.execute(TABLE)

        async def write(group: list[Row]) -> None:
            await pool.execute(POSTGRES_MANY, *zip(*group, strict=True))

        async with _gathering(write) as keep:
            yield keep


@asynccontextmanager
async def _gathering(write: Callable[[list[Row]], Awaitable[None]]) -> AsyncIterator[Keep]:
    queue: asyncio.Queue[tuple[Row, asyncio.Future[None]]] = asyncio.Queue()

    async def keep(row: Row) -> None:
        kept = asyncio.get_running_loop().create_future()
        queue.put_nowait((row, kept))
        await kept

    async def run() -> None:
        while True:
            group = [await queue.get()]
            while len(group) < GROUP and not queue.empty():
                group.append(queue.get_nowait())
            await write([row for row, _ in group])
            for _, kept in group:
                kept.set_result(None)

    running = asyncio.create_task(run())
    try:
        yield keep
    finally:
        running.cancel()


DATABASES = {
    ("each", "sqlite"): each_on_sqlite,
    ("each", "postgres"): each_on_postgres,
    ("groups", "sqlite"): groups_on_sqlite,
    ("groups", "postgres"): groups_on_postgres,
}
