"""SQLite's file, its log and its copy: nothing committed is missing, and nobody else reads them."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from clients import database
from clients.database import SQLITE_PRAGMAS, DatabaseGone, connection, migrate, opened
from clients.media import MediaStore
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
    with closing(sqlite3.connect(path)) as read:
        return int(read.execute("SELECT count(*) FROM area").fetchone()[0])


async def test_what_a_killed_process_committed_is_in_the_copy_before_a_migration(
    templates: Templates, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
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
    copy = path.with_name(f"{path.name}.before-migration")

    async def fails(*_given: object, **_more: object) -> None:
        raise DatabaseGone

    with monkeypatch.context() as patched:
        patched.setattr(database, "_apply", fails)
        with pytest.raises(DatabaseGone):
            await migrate(url)
    assert count_in(copy) == ROWS and not copy.stat().st_mode & 0o077
    await migrate(url)
    assert count_in(path) == ROWS and not copy.exists()


async def test_whatever_the_umask_files_are_their_owner_s_alone(templates: Templates, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        await migrate(f"sqlite://{tmp_path}/new.db")
        old = await templates.sqlite_copy(tmp_path, is_sampled=False)
        (tmp_path / "mashang.db").chmod(0o644)
        async with opened(old):
            await connection().execute_query("UPDATE organisation_version SET id = id")
            await MediaStore(tmp_path / "media").put("abcdef", b"noise")
            kept = [each for each in tmp_path.rglob("*") if each.suffix != ".migrating"]
            assert {"new.db", "mashang.db", "mashang.db-wal", "abcdef"} <= {each.name for each in kept}
            assert [each.name for each in kept if each.is_file() and each.stat().st_mode & 0o077] == []
    finally:
        os.umask(before)


async def test_every_commit_is_synced(templates: Templates, tmp_path: Path) -> None:
    async with opened(await templates.sqlite_copy(tmp_path, is_sampled=False)):
        asked = ("synchronous", "journal_mode", "foreign_keys", *SQLITE_PRAGMAS)
        found = {name: (await connection().execute_query(f"PRAGMA {name}"))[1][0][0] for name in asked}
    full = 2
    assert (found["synchronous"], found["journal_mode"], found["foreign_keys"]) == (full, "wal", 1)
    assert found["wal_autocheckpoint"] == SQLITE_PRAGMAS["wal_autocheckpoint"]
    assert found["cache_size"] == SQLITE_PRAGMAS["cache_size"]
