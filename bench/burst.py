"""A burst of false reports, set aside and brought back by two clicks: what the clicks cost, and who is told.

`python bench/burst.py [--aside 10000]`

Needs PostgreSQL (`MASHANG_TEST_POSTGRES_URL`); what it makes there is dropped at the end. Filed by the code that files
every report, with the figures of floods as they are by default, each by a session of its own.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import asyncpg
import uvloop
from aiohttp import ClientSession

sys.path.insert(0, str(Path(__file__).parents[1]))

from measured import make_house, serve_console

from clients.database import migrate, opened
from console.forms import csrf_token
from console.sessions import COOKIE, begin_session
from delivery.outbox import claim
from models.choices import Channel
from models.report import Report
from models.staff import Staff
from organisation.floods import FLOODS
from tests.console.bursting import burst, told
from tests.factories import bind_staff, make_entry, make_organisation

POSTGRES_URL = os.environ.get("MASHANG_TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
IN_PLACE = FLOODS[str(Channel.WEB)]["code"][0]


@asynccontextmanager
async def a_database(kind: str) -> AsyncIterator[str]:
    if kind == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite://{folder}/burst.db"
        return
    name = f"mashang_bench_burst_{os.getpid()}"
    server = await asyncpg.connect(POSTGRES_URL)
    await server.execute(f"CREATE DATABASE {name}")
    try:
        yield f"{POSTGRES_URL.rsplit('/', 1)[0]}/{name}"
    finally:
        await server.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await server.close()


async def run(kind: str, *, aside: int) -> None:
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(a_database(kind))
        await migrate(url)
        await stack.enter_async_context(opened(url))
        house = await make_house(stack)
        await make_organisation(house)
        await house.organisation.refresh()
        staff = await Staff.filter(body_id="T-EAST").order_by("id")
        for one in staff:
            await bind_staff(house, one, openid=f"o-{one.id}")
        took: dict[str, float] = {}
        began = time.perf_counter()
        await burst(IN_PLACE + aside, entry=await make_entry(), house=house)
        took["filed"] = time.perf_counter() - began
        held = await Report.filter(quarantined_until__isnull=False).count()
        before = sum((await told(house=house)).values())
        assert before == (IN_PLACE + aside - held + 1) * len(staff)
        token = await begin_session(staff[0], is_complete=True, house=house)
        base = f"http://127.0.0.1:{await serve_console(stack, house)}/console"
        async with ClientSession(cookies={COOKIE: token}) as http:

            async def get(name: str, path: str) -> None:
                waits = []
                for _ in range(5):
                    began = time.perf_counter()
                    async with http.get(f"{base}{path}") as answer:
                        await answer.read()
                        assert answer.status == 200, answer.status
                    waits.append(time.perf_counter() - began)
                took[name] = sorted(waits)[2]

            await get("inbox", "/reports")
            await get("quarantine", "/quarantine")
            form = {"all": "1", "csrf_token": csrf_token(token, house=house)}
            began = time.perf_counter()
            async with http.post(f"{base}/quarantine/restore", data=form, allow_redirects=False) as answer:
                assert answer.status == 303, answer.status
            took["restored"] = time.perf_counter() - began
            await get("inbox after", "/reports")
        began = time.perf_counter()
        assert len(await claim(by="bench", limit=50, at=house.clock.now(), lease_seconds=0)) == len(staff)
        took["claim"] = time.perf_counter() - began
        after = await told(house=house)
        assert not await Report.filter(quarantined_until__isnull=False).exists()
        assert len(after) == held * len(staff) and set(after.values()) == {1}
    times = " | ".join(
        f"{seconds:.1f} s" if seconds >= 1 else f"{seconds * 1e3:.0f} ms" for seconds in took.values()
    )
    print(f"| {kind} | {held:,} | {times} | {before} | {sum(after.values()):,} |", flush=True)


async def main(*, aside: int) -> None:
    columns = (
        "aside | filing | inbox | quarantine | restoring | inbox after | one claim | told before | told after"
    )
    print(f"| database | {columns} |")
    print("|---" * (columns.count("|") + 2) + "|")
    for kind in ("sqlite", "postgres"):
        await run(kind, aside=aside)


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("--aside", type=int, default=10_000)
    uvloop.run(main(aside=asked.parse_args().aside))
