"""SQLite's log may be long when a process is killed: nothing committed is missing, from the file nor its copy."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from clients.database import SQLITE_PRAGMAS, connection, migrate, opened
from tests.conftest import Templates

ROWS = 3_000
KILLED = """
import asyncio, os, signal, sys
from clients.database import opened, rows

async def main():
    async with opened(sys.argv[1]):
        for number in range({rows}):
            await rows("INSERT INTO area (code, name, department, words, sort, is_active)"
                       " VALUES ($1, $2, '', '', 0, 1)", str(number), "y" * 2_000)
        os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""


def count_in(path: Path) -> int:
    with closing(sqlite3.connect(path)) as database:
        return int(database.execute("SELECT count(*) FROM area").fetchone()[0])


async def test_what_a_killed_process_committed_is_in_the_copy_before_a_migration(
    templates: Templates, tmp_path: Path
) -> None:
    url = await templates.sqlite_copy(tmp_path, is_sampled=False)
    path = tmp_path / "mashang.db"
    killed = subprocess.run(
        [sys.executable, "-c", KILLED.format(rows=ROWS), url],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    log = path.with_name(f"{path.name}-wal")
    assert log.stat().st_size > 1024 * 1024
    await migrate(url)
    assert count_in(path.with_name(f"{path.name}.before-migration")) == ROWS
    assert count_in(path) == ROWS


async def test_every_commit_is_synced(templates: Templates, tmp_path: Path) -> None:
    async with opened(await templates.sqlite_copy(tmp_path, is_sampled=False)):
        asked = ("synchronous", "journal_mode", "foreign_keys", *SQLITE_PRAGMAS)
        found = {name: (await connection().execute_query(f"PRAGMA {name}"))[1][0][0] for name in asked}
    full = 2
    assert (found["synchronous"], found["journal_mode"], found["foreign_keys"]) == (full, "wal", 1)
    assert found["wal_autocheckpoint"] == SQLITE_PRAGMAS["wal_autocheckpoint"]
    assert found["cache_size"] == SQLITE_PRAGMAS["cache_size"]
