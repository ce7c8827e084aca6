"""Landing pages per second, beside a bare aiohttp handler with one indexed look-up: one process each.

`python bench/landing.py [--rounds 3] [--seconds 3] [--databases sqlite postgres]`

17,322 codes (2,887 villages × 6 areas), each as likely as the next, so that hardly any page is asked for twice in a
second; five matters published for each township and area, one for every third village. Needs PostgreSQL
(`MASHANG_TEST_POSTGRES_URL`); everything made there and on disk is dropped at the end.
"""

import argparse
import asyncio
import gc
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

import aiosqlite
import asyncpg
import uvloop
from aiohttp import web
from coded import make_prefecture
from generator import Load, Measured
from measured import cpu_seconds, make_house

from clients.database import migrate, opened
from organisation.house import HOUSE
from qrcodes import routes

POSTGRES_URL = os.environ.get("MASHANG_TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
LOOK_UP = "SELECT purpose, area_id, region_id, status FROM entry_code WHERE code = "
WORDS = {"ours": "ours: the whole page", "bare": "bare: one indexed look-up, a page as long"}
MARK = b"</html>"
Find = Callable[[str], Awaitable[tuple[str, ...] | None]]


@asynccontextmanager
async def bare_look_up(url: str) -> AsyncIterator[Find]:
    if url.startswith("sqlite"):
        async with aiosqlite.connect(url.removeprefix("sqlite://")) as database:

            async def find(code: str) -> tuple[str, ...] | None:
                async with database.execute(LOOK_UP + "?", (code,)) as cursor:
                    return await cursor.fetchone()

            yield find
        return
    async with asyncpg.create_pool(url, min_size=12, max_size=12) as pool:
        yield lambda code: pool.fetchrow(LOOK_UP + "$1", code)


def bare(find: Find, *, body: str) -> web.Application:
    async def show(request: web.Request) -> web.Response:
        code = request.match_info["code"]
        row = await find(code)
        if row is None:
            raise web.HTTPNotFound
        return web.Response(text=body.replace("@", code), content_type="text/html", charset="utf-8")

    app = web.Application()
    app.router.add_get("/s/{code}", show)
    return app


async def serve(what: str, url: str, port: int, length: int) -> None:
    async with AsyncExitStack() as stack:
        if what == "ours":
            await stack.enter_async_context(opened(url))
            app = web.Application()
            app[HOUSE] = await make_house(stack)
            routes.add_routes(app)
        else:
            find = await stack.enter_async_context(bare_look_up(url))
            app = bare(find, body="<html>@" + "x" * (length - 25) + MARK.decode())
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        gc.collect()
        gc.freeze()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


def start(what: str, url: str, *, length: int = 0) -> tuple[int, subprocess.Popen[str]]:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = int(one.getsockname()[1])
    command = [sys.executable, __file__, "--serve", what, url, str(port), str(length)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout and process.stdout.readline(), f"{what} did not start"
    return port, process


async def length_of(port: int, code: str) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET /s/{code} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    answer = await reader.read()
    writer.close()
    return len(answer.split(b"\r\n\r\n", 1)[1])


async def measure(
    port: int, pid: int, *, codes: list[str], seconds: float
) -> tuple[Measured, Measured, float]:
    """Full load, half of what that gave, and seconds of CPU a page."""

    def asked() -> Iterator[bytes]:
        while True:
            yield f"GET /s/{random.choice(codes)} HTTP/1.1\r\nHost: x\r\n\r\n".encode()

    stream = asked()
    await Load(stream, rate=0, expected=MARK).run(port, seconds=0.5)
    began = cpu_seconds(pid)
    full = await Load(stream, rate=0, expected=MARK).run(port, seconds=seconds)
    cpu = (cpu_seconds(pid) - began) / len(full.waits)
    half = await Load(stream, rate=full.rate / 2, expected=MARK).run(port, seconds=seconds)
    return full, half, cpu


@contextmanager
def database_of(kind: str, *, of: str = "landing") -> Iterator[str]:
    async def run(statement: str) -> None:
        server = await asyncpg.connect(POSTGRES_URL)
        await server.execute(statement)
        await server.close()

    with tempfile.TemporaryDirectory() as folder:
        if kind == "sqlite":
            yield f"sqlite://{folder}/landing.db"
            return
        name = f"mashang_bench_{os.getpid()}_{of}"
        asyncio.run(run(f"CREATE DATABASE {name}"))
        try:
            yield f"{POSTGRES_URL.rsplit('/', 1)[0]}/{name}"
        finally:
            asyncio.run(run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))


async def filled(url: str) -> list[str]:
    await migrate(url)
    async with opened(url):
        return await make_prefecture()


def compare(kind: str, *, rounds: int, seconds: float) -> None:
    with database_of(kind) as url:
        codes = asyncio.run(filled(url))
        port, process = start("ours", url)
        length = asyncio.run(length_of(port, codes[0]))
        servers = {"ours": (port, process), "bare": start("bare", url, length=length)}
        seen: dict[str, list[tuple[Measured, Measured, float]]] = {what: [] for what in servers}
        try:
            for number in range(rounds):
                for what in servers if number % 2 == 0 else reversed(servers):
                    port, process = servers[what]
                    seen[what].append(uvloop.run(measure(port, process.pid, codes=codes, seconds=seconds)))
        finally:
            for _, process in servers.values():
                process.terminate()
                process.wait()
    for what, results in seen.items():
        rate, cpu, p50, p99, half = (
            statistics.median(values)
            for values in zip(
                *(
                    (f.rate, c * 1e6, f.quantile(0.5) * 1e3, f.quantile(0.99) * 1e3, h.quantile(0.99) * 1e3)
                    for f, h, c in results
                ),
                strict=True,
            )
        )
        wrong = sum(full.wrong + half.wrong for full, half, _ in results)
        print(
            f"| {WORDS[what]} | {kind} | {rate:,.0f} | {cpu:.0f} | {p50:.1f} / {p99:.1f} ms | {half:.1f} ms | {wrong} |"
        )
    each = [a[0].rate / b[0].rate for a, b in zip(seen["ours"], seen["bare"], strict=True)]
    cost = statistics.median(b[2] / a[2] for a, b in zip(seen["ours"], seen["bare"], strict=True))
    ratio = f"{statistics.median(each):.2f} ({min(each):.2f}–{max(each):.2f})"
    print(f"{kind}: {length} bytes a page; ours / bare {ratio}, by CPU {cost:.2f}")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--seconds", type=float, default=3.0)
    asked.add_argument("--databases", nargs="+", default=["sqlite", "postgres"])
    asked.add_argument("--serve", nargs=4, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.serve:
        what, url, port, length = given.serve
        uvloop.run(serve(what, url, int(port), int(length)))
        return
    print("| | database | pages/s | CPU µs a page | p50 / p99 full | p99 half load | wrong |")
    print("|---|---|---|---|---|---|---|")
    for kind in given.databases:
        compare(kind, rounds=given.rounds, seconds=given.seconds)


if __name__ == "__main__":
    main()
