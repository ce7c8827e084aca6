"""Pages of the console as reports pile up, each beside the statements it sends, bare, in the same run.

`python bench/console.py [--sizes 10000 100000 1000000] [--times 200]`

Needs PostgreSQL (`MASHANG_TEST_POSTGRES_URL`); everything it makes there is dropped at the end. Reports come at a
prefecture's pace, a thousand a day to two hundred bodies in ten counties, so that a larger size is a longer past;
what is older than ninety days is closed.
"""

import argparse
import logging
import os
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import asyncpg
import uvloop
from aiohttp import ClientSession, web

sys.path.insert(0, str(Path(__file__).parents[1]))

from clients.clock import Clock
from clients.database import migrate, opened
from clients.media import MediaStore
from clients.redis import coordinated
from console.app import make_console
from console.sessions import COOKIE, begin_session
from intake.draft import Draft, Identity
from intake.submit import submit
from models.choices import BodyLevel, Channel, RegionLevel
from models.fields import to_millis
from models.staff import Staff
from organisation.house import HOUSE, House
from organisation.live import LiveOrganisation, raise_version
from routing.facts import Subject
from tests.factories import CITY, NOW, make_entry, make_organisation
from vault.vault import Vault

POSTGRES_URL = os.environ.get("MASHANG_TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
TOWNSHIPS, COUNTIES = 190, 10
DAY_MILLIS = 86_400_000
NAME = "卢长庚"

REGIONS = f"""INSERT INTO region (code, name, level, parent_id, village_type, is_active)
  SELECT '9902' || lpad(n::text, 2, '0') || '000000', '县' || n, '{RegionLevel.COUNTY}', '{CITY}', '', TRUE
    FROM generate_series(1, {COUNTIES - 1}) n
  UNION ALL SELECT '9903' || lpad(n::text, 5, '0') || '000', '镇' || n, '{RegionLevel.TOWNSHIP}',
    CASE WHEN n % {COUNTIES} = 0 THEN '990101000000'
      ELSE '9902' || lpad((n % {COUNTIES})::text, 2, '0') || '000000' END, '', TRUE
    FROM generate_series(1, {TOWNSHIPS}) n"""
BODIES = f"""INSERT INTO body (code, name, level, room, region_id, phone, is_active)
  SELECT 'T' || n, '镇' || n || '纪委', '{BodyLevel.TOWNSHIP}', '', '9903' || lpad(n::text, 5, '0') || '000', '', TRUE
    FROM generate_series(1, {TOWNSHIPS}) n"""
# like a filed one in all but these; a twentieth goes to five bodies of the county we sign in to, the newest is a minute
# old, ids and numbers are in no order
REPORTS = """INSERT INTO report SELECT made.* FROM report t CROSS JOIN generate_series(1, {count}) n
  CROSS JOIN LATERAL jsonb_populate_record(t, jsonb_build_object(
    'id', left(md5('i' || n), 22), 'number', upper(left(md5('n' || n), 12)), 'receipt_index', md5('r' || n),
    'owner_id', CASE WHEN n % 200 < 10 THEN (ARRAY['T-EAST', 'T-WEST', 'OFFICE-1', 'LETTERS', 'CADRE'])[n % 5 + 1]
      ELSE 'T' || (n % {townships} + 1) END,
    'status', CASE WHEN n > 90000 THEN 'closed'
      ELSE (ARRAY['received', 'accepted', 'accepted', 'handling', 'handling', 'concluded', 'fed_back', 'closed',
        'declined'])[n % 9 + 1] END,
    'level', (ARRAY['village', 'none', 'unknown'])[n % 3 + 1], 'is_named', n % 4 = 0,
    'area_id', CASE WHEN n % 3 = 0 THEN 'forestry' ELSE 'education' END, 'reporter_index', md5('p' || n / 2),
    'name_index', CASE WHEN n % 4 = 0 THEN md5('a' || n) END, 'phone_index', CASE WHEN n % 4 = 0 THEN md5('t' || n) END,
    'subject_name_index', CASE WHEN n % 5 < 2 THEN md5('s' || n / 3) END, 'subject_post_index', NULL,
    'submitted_at', $2::bigint - n * 86400::bigint - 60000, 'owned_at', $2::bigint - n * 86400::bigint - 60000,
    'due_at', CASE WHEN n <= 90000 THEN $2::bigint - n * 86400::bigint + 7 * 86400000::bigint END
  )) made WHERE t.number = $1"""
BARS = """INSERT INTO report_bar (id, report_id, who_index, sealed_why, since_at)
  SELECT left(md5('b' || r.id || k), 22), r.id, md5('w' || r.id || k), decode(md5(r.id), 'hex'), r.submitted_at
    FROM report r CROSS JOIN generate_series(1, 3) k WHERE r.level = 'village'"""
EVENTS = """INSERT INTO event (at, actor, action, report_id, object_id, data)
  SELECT r.submitted_at, 'staff:' || ascii(r.id), 'report.read', r.id, '', '{}'
    FROM report r CROSS JOIN generate_series(1, 3) k"""

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


async def fill(url: str, count: int, *, like: str, at: int) -> None:
    database = await asyncpg.connect(url)
    await database.execute(REPORTS.format(count=count, townships=TOWNSHIPS), like, at)
    await database.execute(BARS)
    await database.execute(EVENTS)
    await database.execute("VACUUM ANALYZE")
    await database.close()


async def make_house(stack: AsyncExitStack, url: str) -> House:
    await migrate(url)
    await stack.enter_async_context(opened(url))
    house = House(
        vault=Vault(keys=[bytes(range(32))], index_key=bytes(range(32, 64))),
        clock=Clock(),
        organisation=LiveOrganisation(),
        coordination=await stack.enter_async_context(coordinated("")),
        media=MediaStore(Path("unused")),
        public_url="http://127.0.0.1",
        timezone=ZoneInfo("Asia/Shanghai"),
    )
    await make_organisation(house)
    database = await asyncpg.connect(url)
    await database.execute(REGIONS)
    await database.execute(BODIES)
    await database.close()
    await raise_version(at=NOW)
    await house.organisation.refresh()
    return house


async def file_some(house: House) -> list[str]:
    """Numbers of reports that can be opened: filed as any other."""
    entry, numbers = await make_entry(), []
    for place in range(40):
        draft = Draft(
            entry=entry,
            level="none",
            text="村口的路灯坏了半年没人修，晚上老人出门看不见，问过几次都说在走流程。" * 4,
            channel=Channel.CHAT,
            person_index=house.vault.index("oa", f"o-{place}"),
            openid=f"o-{place}",
            identity=Identity(name=NAME, phone="13800000000"),
            subject=Subject(name="", post="护林员", unit=""),
        )
        numbers.append((await submit(draft, house=house)).number)
    return numbers


async def serve(stack: AsyncExitStack, house: House) -> int:
    app = web.Application()
    app[HOUSE] = house
    app.add_subapp("/console", make_console(house))
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    return int(runner.addresses[0][1])


async def timed(times: int, work: Callable[[int], Awaitable[None]]) -> list[float]:
    waits = []
    for number in range(times):
        began = time.perf_counter()
        await work(number)
        waits.append(time.perf_counter() - began)
    return waits


async def measure(
    url: str, *, port: int, token: str, paths: Sequence[str], watched: Watched, times: int
) -> Measured:
    """The page and its statements by turns of twenty, so that both meet the same minutes."""
    found = Measured()
    database = await asyncpg.connect(url)
    async with ClientSession(cookies={COOKIE: token}) as http:

        async def page(number: int) -> None:
            async with http.get(f"http://127.0.0.1:{port}{paths[number % len(paths)]}") as answer:
                found.size = max(found.size, len(await answer.read()))
                if answer.status != 200:
                    raise SystemExit(f"{paths[number % len(paths)]} answered {answer.status}")

        await timed(10, page)
        watched.heard.clear()
        watched.is_listening = True
        await page(0)
        watched.is_listening = False
        sent = list(watched.heard)
        found.statements = len(sent)

        async def bare(_: int) -> None:
            for query, args in sent:
                await database.fetch(query, *args)

        await timed(10, bare)
        for _ in range(times // 20):
            found.page += await timed(20, page)
            found.bare += await timed(20, bare)
    await database.close()
    return found


async def run(url: str, *, count: int, times: int, watched: Watched) -> dict[str, Measured]:
    async with AsyncExitStack() as stack:
        house = await make_house(stack, url)
        numbers = await file_some(house)
        await fill(url, count, like=numbers[0], at=to_millis(house.clock.now()))
        port = await serve(stack, house)
        tokens = {
            name: await begin_session(await Staff.get(username=name), is_complete=True, house=house)
            for name in ("t-east-a", "cases-a")
        }
        pages = {
            "inbox": ("t-east-a", ["/console/reports"]),
            "inbox, accepted": ("t-east-a", ["/console/reports?status=accepted"]),
            "search by name": ("t-east-a", [f"/console/reports?q={NAME}"]),
            "report": ("t-east-a", [f"/console/reports/{number}" for number in numbers]),
            "ledger": ("cases-a", ["/console/ledger"]),
        }
        return {
            name: await measure(url, port=port, token=tokens[user], paths=paths, watched=watched, times=times)
            for name, (user, paths) in pages.items()
        }


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
    found = {}
    for count in sizes:
        name = f"mashang_bench_console_{os.getpid()}"
        server = await asyncpg.connect(POSTGRES_URL)
        await server.execute(f"CREATE DATABASE {name}")
        try:
            url = f"{POSTGRES_URL.rsplit('/', 1)[0]}/{name}"
            found[count] = await run(url, count=count, times=times, watched=watched)
        finally:
            await server.execute(f"DROP DATABASE {name} WITH (FORCE)")
            await server.close()
    print_table(found)


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    asked = argparse.ArgumentParser()
    asked.add_argument("--sizes", nargs="+", type=int, default=[10_000, 100_000, 1_000_000])
    asked.add_argument("--times", type=int, default=200)
    options = asked.parse_args()
    uvloop.run(main(options.sizes, times=options.times))
