"""What the chain of the log and a backup cost: events sealed and verified a second, rows backed up and restored.

python -m bench.log_and_backup [postgres://…, an empty database]
"""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from clients.database import migrate, opened
from clients.media import MediaStore
from clients.schema import known_migrations
from models.event import Event
from vault.backing_up import back_up
from vault.chain import Chain
from vault.restoring import restore
from vault.sealing import seal_some
from vault.vault import Vault
from vault.verifying import verify_log

EVENTS, AT_ONCE = 50_000, 1_000
NOW = datetime(2026, 11, 26, tzinfo=UTC)


async def timed(what: str, work: Callable[[], Awaitable[Any]]) -> Any:
    wall, cpu = time.perf_counter(), time.process_time()
    done = await work()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{what}: {wall:.1f} s, CPU {cpu:.1f} s; {EVENTS / wall:,.0f} a second")
    return done


async def seal_all(chain: Chain) -> None:
    while await seal_some(chain):
        pass


async def main(url: str, folder: Path) -> None:
    vault = Vault(keys=[bytes(range(32))], index_key=bytes(range(32, 64)))
    chain, media = Chain(vault), MediaStore(folder / "media")
    await migrate(url)
    path = folder / "bench.backup"
    async with opened(url):
        for start in range(0, EVENTS, AT_ONCE):
            await Event.bulk_create(
                Event(
                    at=NOW,
                    actor=f"staff:{number % 700}",
                    action="report.read",
                    report_id="r" * 22,
                    data={"n": 1},
                )
                for number in range(start, start + AT_ONCE)
            )
        await timed("sealed", lambda: seal_all(chain))
        assert (await timed("verified", lambda: verify_log(chain))).found == []
        await timed("backed up", lambda: back_up(path, url=url, vault=vault, media=media, at=NOW))
    print(f"{path.stat().st_size / EVENTS:.0f} bytes an event in the file")
    again = f"sqlite://{folder}/again.db"
    known = known_migrations()
    await timed("restored", lambda: restore(path, url=again, vault=vault, media=media, known=known))


if __name__ == "__main__":
    with TemporaryDirectory() as made:
        asyncio.run(main(sys.argv[1] if len(sys.argv) > 1 else f"sqlite://{made}/bench.db", Path(made)))
