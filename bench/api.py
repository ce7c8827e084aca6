"""The API beside two bare aiohttp handlers (`bare_api.py`): one process each, in the same run.

`python bench/api.py [--rounds 2] [--seconds 3] [--databases sqlite postgres]`

Filing: a report of 45 characters, anonymous, sealed, routed and told to three bound people and a liaison. Reading:
one's own report of one message, opened. `rows` keeps and finds the same rows with SQL alone, `row` one row. Limits and
figures of floods are lifted: what one person, or everybody through one code, may send is not what is measured. Needs
PostgreSQL (`MASHANG_TEST_POSTGRES_URL`); what is made there and on disk is dropped at the end.
"""

import argparse
import asyncio
import gc
import itertools
import json
import socket
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack, ExitStack
from dataclasses import replace
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

import uvloop
from aiohttp import web
from bare_api import bare_app
from generator import CONNECTIONS, Load, Measured
from landing import database_of
from measured import cpu_seconds, make_house

from clients.database import migrate, opened
from miniapp_api import limits, routes
from miniapp_api.sessions import open_session
from models.staff import Staff
from organisation.house import HOUSE
from tests.factories import bind_staff, make_entry, make_organisation

PEOPLE = 64
WHAT = ("ours", "rows", "row")
TEXT = "村口到学校的路灯坏了半年，报过两次没有人修，晚上孩子放学看不见路，请派人来看一看，谢谢。"


async def ours(stack: AsyncExitStack, url: str) -> tuple[web.Application, str, list[str]]:
    """Limits are lifted: what one person may send a day is not what is measured."""
    limits.REPORTS_A_DAY = limits.MESSAGES_A_DAY = limits.MESSAGES_A_MINUTE = 10**9  # type: ignore[misc]
    await migrate(url)
    await stack.enter_async_context(opened(url))
    house = await make_house(stack)
    floods = {door: dict.fromkeys(figures, (0, 60)) for door, figures in house.floods.items()}
    house = replace(house, floods=floods)
    await make_organisation(house)
    for number, staff in enumerate(await Staff.filter(body_id="T-EAST")):
        await bind_staff(house, staff, openid=f"o-staff-{number}")
    entry = await make_entry()
    tokens = [await open_session(role="anonymous", house=house) for _ in range(PEOPLE)]
    app = web.Application()
    app[HOUSE] = house
    routes.add_routes(app)
    return app, entry.code, tokens


async def serve(what: str, url: str, port: int) -> None:
    async with AsyncExitStack() as stack:
        app, entry, tokens = await ours(stack, url)
        if what != "ours":
            app = await bare_app(stack, url, what=what, ours=app)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        gc.collect()
        gc.freeze()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        sys.stdout.write(json.dumps([entry, tokens]) + "\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


def start(what: str, url: str) -> tuple[int, subprocess.Popen[str], str, list[str]]:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = int(one.getsockname()[1])
    command = [sys.executable, __file__, "--serve", what, url, str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    entry, tokens = json.loads(process.stdout.readline())
    return port, process, entry, tokens


def filing(entry: str, tokens: list[str]) -> Iterator[bytes]:
    report = {"entry": entry, "level": "none", "text": TEXT, "identity": {"mode": "anonymous"}}
    body = json.dumps(report).encode()
    for token in itertools.cycle(tokens):
        head = f"POST /api/v1/reports HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n"
        yield f"{head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def reading(numbers: list[tuple[str, str]]) -> Iterator[bytes]:
    for token, number in itertools.cycle(numbers):
        head = f"GET /api/v1/reports/{number} HTTP/1.1\r\nHost: x\r\n"
        yield f"{head}Authorization: Bearer {token}\r\n\r\n".encode()


async def filed(port: int, entry: str, tokens: list[str]) -> list[tuple[str, str]]:
    """One report a person, and its number."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    made = []
    for token, request in zip(tokens, filing(entry, tokens), strict=False):
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        made.append((token, json.loads(await reader.readexactly(length))["number"]))
    writer.close()
    return made


async def measure(
    port: int, pid: int, asked: Iterator[bytes], *, seconds: float
) -> tuple[Measured, Measured, float]:
    """Full load, half of what that gave, and seconds of CPU a request."""
    mark = b'"number"'
    await Load(asked, rate=0, expected=mark).run(port, seconds=0.5)
    began = cpu_seconds(pid)
    full = await Load(asked, rate=0, expected=mark).run(port, seconds=seconds)
    # those on their way when the time is over cost as well, and are not among the waits
    cpu = (cpu_seconds(pid) - began) / (len(full.waits) + CONNECTIONS)
    half = await Load(asked, rate=full.rate / 2, expected=mark).run(port, seconds=seconds)
    return full, half, cpu


def compare(kind: str, *, rounds: int, seconds: float) -> None:
    with ExitStack() as stack:
        servers = {what: start(what, stack.enter_context(database_of(kind, of=what))) for what in WHAT}
        seen: dict[tuple[str, str], list[tuple[Measured, Measured, float]]] = {}
        try:
            for number in range(rounds):
                for what in servers if number % 2 == 0 else reversed(servers):
                    port, process, entry, tokens = servers[what]
                    numbers = uvloop.run(filed(port, entry, tokens))
                    for doing, asked in (("reading", reading(numbers)), ("filing", filing(entry, tokens))):
                        found = uvloop.run(measure(port, process.pid, asked, seconds=seconds))
                        seen.setdefault((doing, what), []).append(found)
        finally:
            for _, process, _, _ in servers.values():
                process.terminate()
                process.wait()
    for (doing, what), found in sorted(seen.items()):
        show(kind, doing, what, found)


def show(kind: str, doing: str, what: str, found: list[tuple[Measured, Measured, float]]) -> None:
    rate = statistics.median(full.rate for full, _, _ in found)
    p99 = statistics.median(half.quantile(0.99) for _, half, _ in found) * 1000
    cpu = statistics.median(cpu for _, _, cpu in found) * 1000
    wrong = sum(full.wrong + half.wrong for full, half, _ in found)
    print(
        f"{kind:9} {doing:8} {what:5} {rate:7.0f}/s  p99 at half {p99:6.1f} ms  CPU {cpu:5.2f} ms  wrong {wrong}"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        uvloop.run(serve(sys.argv[2], sys.argv[3], int(sys.argv[4])))
    else:
        options = argparse.ArgumentParser()
        options.add_argument("--rounds", type=int, default=2)
        options.add_argument("--seconds", type=float, default=3)
        options.add_argument("--databases", nargs="*", default=["sqlite", "postgres"])
        given = options.parse_args()
        for database in given.databases:
            compare(database, rounds=given.rounds, seconds=given.seconds)
