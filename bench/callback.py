"""Turns of the conversation per second, measured beside bare handlers and a usual stack: one process each.

`python bench/callback.py [--quick] [--rounds 3] [--seconds 4] [--only ours each groups flask] [--filing 0.05]`

Needs PostgreSQL (`MASHANG_TEST_POSTGRES_URL`); everything it makes there and on disk is dropped at the end.
"""

import argparse
import asyncio
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg
import uvloop

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from generator import Load, Measured
from measured import cpu_seconds
from pushes import requests

POSTGRES_URL = os.environ.get("MASHANG_TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
WORDS = {
    "ours": "ours: the whole conversation",
    "each": "bare, a commit a message (a)",
    "groups": "bare, commits in groups (b)",
    "flask": "wechatpy + Flask, echo (c)",
}


@dataclass
class Server:
    what: str
    database: str
    port: int
    process: subprocess.Popen[str]
    codes: str = "-"
    pid: int = 0
    rounds: list["Round"] = field(default_factory=list)

    @property
    def name(self) -> tuple[str, str]:
        return self.what, self.database


@dataclass(frozen=True)
class Round:
    full: Measured
    half: Measured
    cpu: float
    """Seconds of the server process a turn, at full load."""


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def start(what: str, database: str, place: str) -> Server:
    port = free_port()
    if what == "flask":
        command = [sys.executable, "-m", "gunicorn", "--workers=1", "--worker-class=gthread", "--threads=4"]
        command += ["--keep-alive=75", "--log-level=error", f"--bind=127.0.0.1:{port}", "flask_echo:app"]
    else:
        command = [sys.executable, str(HERE / "servers.py"), what, database, str(port), place]
    environment = os.environ | {"PYTHONPATH": str(HERE.parent)}
    process = subprocess.Popen(command, cwd=HERE, env=environment, stdout=subprocess.PIPE, text=True)
    server = Server(what=what, database=database, port=port, process=process, pid=process.pid)
    if what == "flask":
        server.pid = gunicorn_worker(process.pid)
    elif process.stdout is not None:
        said = process.stdout.readline().split()
        if not said:
            raise SystemExit(f"{what} on {database} did not start")
        server.codes = said[1]
    return server


def gunicorn_worker(master: int) -> int:
    """The process that answers, once it does."""
    children = Path(f"/proc/{master}/task/{master}/children")
    for _ in range(200):
        if children.read_text():
            time.sleep(1)
            return int(children.read_text().split()[0])
        time.sleep(0.05)
    raise SystemExit("gunicorn did not start")


async def measure(server: Server, *, seconds: float, share: float, filing: float) -> Round:
    """Full load, then half of what that gave, after a little warming up."""
    made = requests(int(14_000 * seconds * share) + 2_000, codes=server.codes, filing=filing)
    stream: Iterator[bytes] = iter(made)
    await Load(stream, rate=0).run(server.port, seconds=0.5)
    began = cpu_seconds(server.pid)
    full = await Load(stream, rate=0).run(server.port, seconds=seconds)
    cpu = (cpu_seconds(server.pid) - began) / len(full.waits)
    half = await Load(stream, rate=full.rate / 2).run(server.port, seconds=seconds)
    return Round(full=full, half=half, cpu=cpu)


@contextmanager
def databases(names: list[str]) -> Iterator[dict[str, str]]:
    async def run(*statements: str) -> None:
        server = await asyncpg.connect(POSTGRES_URL)
        for statement in statements:
            await server.execute(statement)
        await server.close()

    made = {name: f"mashang_bench_{os.getpid()}_{name}" for name in names}
    asyncio.run(run(*(f"CREATE DATABASE {name}" for name in made.values())))
    try:
        yield {what: f"{POSTGRES_URL.rsplit('/', 1)[0]}/{name}" for what, name in made.items()}
    finally:
        asyncio.run(run(*(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)" for name in made.values())))


def table(servers: list[Server]) -> str:
    lines = [
        "| | database | turns/s | CPU µs a turn | p50 / p99 full | p50 / p99 half load |",
        "|---|---|---|---|---|---|",
    ]
    for one in servers:
        middle = [
            statistics.median(values)
            for values in zip(
                *(
                    (
                        each.full.rate,
                        each.cpu * 1e6,
                        each.full.quantile(0.5) * 1e3,
                        each.full.quantile(0.99) * 1e3,
                        each.half.quantile(0.5) * 1e3,
                        each.half.quantile(0.99) * 1e3,
                    )
                    for each in one.rounds
                ),
                strict=True,
            )
        ]
        lines.append(
            "| {} | {} | {:,.0f} | {:.0f} | {:.1f} / {:.1f} ms | {:.1f} / {:.1f} ms |".format(
                WORDS[one.what], one.database, *middle
            )
        )
    return "\n".join(lines)


def ratios(servers: list[Server]) -> str:
    by_name = {one.name: one for one in servers}
    lines = []
    for database in ("sqlite", "postgres"):
        ours = by_name.get(("ours", database))
        for what, aim in (("each", 0.8), ("groups", 0.5), ("flask", 2.0)):
            other = by_name.get((what, "-" if what == "flask" else database))
            if ours is None or other is None:
                continue
            each = [a.full.rate / b.full.rate for a, b in zip(ours.rounds, other.rounds, strict=True)]
            spread = f"{min(each):.2f}–{max(each):.2f}"
            cost = statistics.median(b.cpu / a.cpu for a, b in zip(ours.rounds, other.rounds, strict=True))
            lines.append(
                f"{database}: ours / {WORDS[what]}: {statistics.median(each):.2f} ({spread}), aim {aim}; "
                f"by CPU of the process {cost:.2f}"
            )
    return "\n".join(lines)


def wrong(servers: list[Server]) -> int:
    return sum(each.full.wrong + each.half.wrong for one in servers for each in one.rounds)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--quick", action="store_true", help="one short round, under a minute")
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--seconds", type=float, default=4.0)
    asked.add_argument("--filing", type=float, default=0.05, help="share of the people who submit")
    asked.add_argument("--only", nargs="+", default=list(WORDS), choices=list(WORDS))
    asked.add_argument("--databases", nargs="+", default=["sqlite", "postgres"])
    given = asked.parse_args()
    if given.quick:
        given.rounds, given.seconds = 1, 2.0
    names = [what for what in given.only if what != "flask"]
    with tempfile.TemporaryDirectory() as folder, databases(names) as urls:
        servers: list[Server] = []
        try:
            for database in given.databases:
                for what in names:
                    servers.append(start(what, database, folder if database == "sqlite" else urls[what]))
            if "flask" in given.only:
                servers.append(start("flask", "-", ""))
            for number in range(given.rounds):
                # back and forth, so that a slow minute of the machine does not always hit the same one
                for one in servers if number % 2 == 0 else reversed(servers):
                    one.rounds.append(
                        uvloop.run(
                            measure(one, seconds=given.seconds, share=1.5, filing=given.filing),
                        )
                    )
        finally:
            for one in servers:
                one.process.terminate()
                one.process.wait()
    print(table(servers))
    print(ratios(servers))
    print(f"answers that were wrong: {wrong(servers)}")


if __name__ == "__main__":
    main()
