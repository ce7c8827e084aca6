"""Pages of the console as reports pile up, each beside the statements it sends, bare, in the same run.

`python bench/console.py [--sizes 10000 100000 1000000] [--times 1000]`

All sizes are made first, then measured by turns in ten rounds: a p99 is made of the few worst answers, and a size that
had minutes of its own would be told apart by who else was at work then. Of a thousand answers ten lie above it; of a
hundred one does, and says nothing. No answer is left out.

Needs PostgreSQL (`MASHANG_TEST_POSTGRES_URL`); everything it makes there is dropped at the end. Reports come at a
prefecture's pace, a thousand a day to two hundred bodies in ten counties, so that a larger size is a longer past;
what is older than ninety days is closed.
"""

import argparse
import asyncio
import gc
import logging
import os
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import asyncpg
import uvloop

sys.path.insert(0, str(Path(__file__).parents[1]))

from measured import make_house, serve_console
from piled import NAME, add_bodies, file_some, pile_up

from clients.database import migrate, opened
from console.sessions import COOKIE, begin_session
from models.fields import to_millis
from models.staff import Staff
from organisation.house import House
from organisation.live import raise_version
from tests.factories import NOW, make_organisation

POSTGRES_URL = os.environ.get("MASHANG_TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
ROUNDS = 10
# PostgreSQL plans a statement anew five times before it keeps a plan, on each of the pool's connections
WARM = 40
AT_ONCE = 20
Statement = tuple[str, Sequence[Any]]


@dataclass
class Measured:
    """Seconds each."""

    page: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    size: int = 0
    statements: int = 0


class Watched:
    """Notes the statements that pass through asyncpg while it listens."""

    def __init__(self) -> None:
        self.heard: list[Statement] = []
        self.is_listening = False
        inner = asyncpg.Connection._execute

        async def note(connection: Any, query: str, args: Sequence[Any], *rest: Any, **more: Any) -> Any:
            if self.is_listening:
                self.heard.append((query, args))
            return await inner(connection, query, args, *rest, **more)

        asyncpg.Connection._execute = note  # type: ignore[method-assign]


async def make_prefecture(stack: AsyncExitStack, url: str) -> House:
    await migrate(url)
    await stack.enter_async_context(opened(url))
    house = await make_house(stack)
    await make_organisation(house)
    await add_bodies(url)
    await raise_version(at=NOW)
    await house.organisation.refresh()
    return house


async def timed(times: int, work: Callable[[int], Awaitable[None]]) -> list[float]:
    waits = []
    for number in range(times):
        began = time.perf_counter()
        await work(number)
        waits.append(time.perf_counter() - began)
    return waits


async def measure(
    found: Measured, url: str, *, port: int, token: str, paths: Sequence[str], watched: Watched, times: int
) -> None:
    """The page and its statements by turns of twenty, so that both meet the same minutes.

    Whoever asks for the page does so over a bare socket: a client takes as long as a page of little, and is none of it.
    """
    database = await asyncpg.connect(url)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)

    async def page(number: int) -> None:
        path = paths[number % len(paths)]
        asked = (
            f"GET {quote(path, safe='/?&=')} HTTP/1.1\r\nHost: console\r\nCookie: {COOKIE}={token}\r\n\r\n"
        )
        writer.write(asked.encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        if " 200 " not in head.splitlines()[0]:
            raise SystemExit(f"{path} answered {head.splitlines()[0]}")
        length = int(head.lower().partition("content-length:")[2].split(maxsplit=1)[0])
        found.size = max(found.size, len(await reader.readexactly(length)))

    await timed(WARM, page)
    watched.heard.clear()
    watched.is_listening = True
    await page(0)
    watched.is_listening = False
    sent = list(watched.heard)
    found.statements = len(sent)

    async def bare(_: int) -> None:
        for query, args in sent:
            await database.fetch(query, *args)

    await timed(WARM, bare)
    for _ in range(max(times // AT_ONCE, 1)):
        found.page += await timed(AT_ONCE, page)
        found.bare += await timed(AT_ONCE, bare)
    writer.close()
    await database.close()


@dataclass(frozen=True)
class Past:
    """A prefecture with so many reports behind it, and the numbers of those that can be opened."""

    url: str
    numbers: Sequence[str]
    found: dict[str, Measured] = field(default_factory=lambda: defaultdict(Measured))


async def make_past(url: str, *, count: int) -> Past:
    async with AsyncExitStack() as stack:
        house = await make_prefecture(stack, url)
        numbers = await file_some(house)
        await pile_up(url, count, like=numbers[0], at=to_millis(house.clock.now()))
        return Past(url=url, numbers=numbers)


async def measure_once(past: Past, *, times: int, watched: Watched) -> None:
    """A round: a server opened anew, and each page so many times."""
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(opened(past.url))
        house = await make_house(stack)
        port = await serve_console(stack, house)
        tokens = {
            name: await begin_session(await Staff.get(username=name), is_complete=True, house=house)
            for name in ("t-east-a", "cases-a")
        }
        pages = {
            "inbox": ("t-east-a", ["/console/reports"]),
            "inbox, accepted": ("t-east-a", ["/console/reports?status=accepted"]),
            "search by name": ("t-east-a", [f"/console/reports?q={NAME}"]),
            "report": ("t-east-a", [f"/console/reports/{number}" for number in past.numbers]),
            "ledger": ("cases-a", ["/console/ledger"]),
        }
        # as a server does before it listens
        gc.collect()
        gc.freeze()
        for name, (user, paths) in pages.items():
            await measure(
                past.found[name],
                past.url,
                port=port,
                token=tokens[user],
                paths=paths,
                watched=watched,
                times=times,
            )
        gc.unfreeze()


def quantile(waits: list[float], share: float) -> float:
    return statistics.quantiles(waits, n=100)[int(share * 100) - 1] * 1e3


def print_table(found: dict[int, dict[str, Measured]]) -> None:
    print(
        "| page | reports | kB | statements | page p50 / p99 | bare p50 / p99 | page / bare | p99, growth |"
    )
    print("|---|---|---|---|---|---|---|---|")
    smallest = found[min(found)]
    for name in smallest:
        for count, pages in found.items():
            one = pages[name]
            page, last = quantile(one.page, 0.5), quantile(one.page, 0.99)
            bare, slow = quantile(one.bare, 0.5), quantile(one.bare, 0.99)
            growth = last / quantile(smallest[name].page, 0.99)
            print(
                f"| {name} | {count:,} | {one.size / 1000:.0f} | {one.statements} | {page:.1f} / {last:.1f} ms"
                f" | {bare:.1f} / {slow:.1f} ms | {page / bare:.1f} | {growth:.2f} |"
            )


async def main(sizes: Sequence[int], *, times: int) -> None:
    watched = Watched()
    pasts: dict[int, Past] = {}
    server = await asyncpg.connect(POSTGRES_URL)
    names = {count: f"mashang_bench_console_{os.getpid()}_{count}" for count in sizes}
    try:
        for count, name in names.items():
            await server.execute(f"CREATE DATABASE {name}")
            url = f"{POSTGRES_URL.rsplit('/', 1)[0]}/{name}"
            pasts[count] = await make_past(url, count=count)
        for _ in range(ROUNDS):
            for past in pasts.values():
                await measure_once(past, times=times // ROUNDS, watched=watched)
    finally:
        for name in names.values():
            await server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        await server.close()
    print_table({count: past.found for count, past in pasts.items()})


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    asked = argparse.ArgumentParser()
    asked.add_argument("--sizes", nargs="+", type=int, default=[10_000, 100_000, 1_000_000])
    asked.add_argument("--times", type=int, default=1000)
    options = asked.parse_args()
    uvloop.run(main(options.sizes, times=options.times))
