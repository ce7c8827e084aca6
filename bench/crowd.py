"""Many people at once on one process: how long each waits, and who is only acknowledged.

`python bench/crowd.py [--people 1000 8000] [--rounds 3] [--databases sqlite postgres]`

Every one of them sends one sentence at the same moment, each over a connection of their own. Needs PostgreSQL for that
database (`MASHANG_TEST_POSTGRES_URL`); everything it makes there and on disk is dropped at the end.
"""

import argparse
import asyncio
import statistics
import tempfile
import time

import uvloop
from callback import databases, start
from pushes import at_once, words_in

from bot import texts

CONNECTING = 200


class Person(asyncio.Protocol):
    """Sends one request and waits for the whole answer."""

    def __init__(self) -> None:
        self.answer = b""
        self.is_done = asyncio.get_running_loop().create_future()
        self.ended = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.answer += data
        head, _, body = self.answer.partition(b"\r\n\r\n")
        at = head.lower().find(b"content-length:")
        if at >= 0 and len(body) >= int(head[at + 15 :].split(b"\r\n", 1)[0]) and not self.is_done.done():
            self.ended = time.perf_counter()
            self.is_done.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.is_done.done():
            self.is_done.set_result(None)


async def crowd(port: int, requests: list[bytes]) -> tuple[list[float], int, int]:
    """Waits in seconds, sorted; how many were acknowledged only; how many answers were wrong."""
    loop, people = asyncio.get_running_loop(), []
    for begin in range(0, len(requests), CONNECTING):
        some = requests[begin : begin + CONNECTING]
        made = await asyncio.gather(*(loop.create_connection(Person, "127.0.0.1", port) for _ in some))
        people += [person for _, person in made]
    began = time.perf_counter()
    for person, request in zip(people, requests, strict=True):
        person.transport.write(request)
    await asyncio.gather(*(person.is_done for person in people))
    said = [words_in(person.answer) for person in people]
    for person in people:
        person.transport.close()
    late = sum(words == texts.RECEIVED for words in said)
    wrong = sum(not words or words in (texts.BUSY, texts.UNSURE) for words in said)
    return sorted(person.ended - began for person in people if person.ended), late, wrong


def line(database: str, people: int, rounds: list[tuple[list[float], int, int]]) -> str:
    def middle(share: float) -> float:
        return statistics.median(
            waits[min(len(waits) - 1, int(len(waits) * share))] for waits, _, _ in rounds
        )

    late, wrong = max(late for _, late, _ in rounds), sum(wrong for _, _, wrong in rounds)
    times = f"{middle(0.5) * 1e3:.0f} / {middle(0.99) * 1e3:.0f} / {middle(1) * 1e3:.0f} ms"
    return f"| {database} | {people:,} | {times} | {late} | {wrong} |"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--people", type=int, nargs="+", default=[1_000, 8_000])
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--databases", nargs="+", default=["sqlite", "postgres"])
    given = asked.parse_args()
    print("| database | people at once | p50 / p99 / last | acknowledged only, at most | wrong |")
    print("|---|---|---|---|---|")
    names = ["ours"] if "postgres" in given.databases else []
    with tempfile.TemporaryDirectory() as folder, databases(names) as urls:
        for database in given.databases:
            server = start("ours", database, folder if database == "sqlite" else urls["ours"])
            try:
                uvloop.run(crowd(server.port, at_once(50)))
                for people in given.people:
                    rounds = [uvloop.run(crowd(server.port, at_once(people))) for _ in range(given.rounds)]
                    print(line(database, people, rounds), flush=True)
            finally:
                server.process.terminate()
                server.process.wait()


if __name__ == "__main__":
    main()
