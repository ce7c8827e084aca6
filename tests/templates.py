"""Migrated databases, empty or with the sample prefecture, made once for all processes of a run.

Making one takes longer than most tests: each process gets a copy, and each test a copy of that.
"""

import asyncio
import fcntl
import os
import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clients.clock import Clock
from clients.database import migrate, opened
from organisation.importing import import_path
from tests.restored import Restored
from tests.servers import POSTGRES_URL, SAMPLE, make_vault, run_on_postgres

SAVE = """
DO $$ DECLARE t text; BEGIN
  CREATE SCHEMA saved;
  FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('CREATE TABLE saved.%I AS TABLE public.%I', t, t);
  END LOOP;
END $$"""
EMPTY, SAMPLED = "empty", "sampled"


class Templates:
    """`folder` is shared by the processes of a run, and nobody else has it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made_name = f"mashang_made_{zlib.crc32(bytes(folder)):08x}"
        self._own: dict[str, Restored] = {}
        self._in_use = (folder / "in-use").open("ab")
        fcntl.flock(self._in_use, fcntl.LOCK_SH)

    async def sqlite_copy(self, folder: Path, *, is_sampled: bool) -> str:
        shutil.copy2(await self._on_sqlite(SAMPLED if is_sampled else EMPTY), folder / "mashang.db")
        return f"sqlite://{folder / 'mashang.db'}"

    async def postgres_restored(self, *, is_sampled: bool) -> str:
        kind = SAMPLED if is_sampled else EMPTY
        name = f"mashang_test_{os.getpid()}_{kind}"
        url = _on_server(name)
        if name not in self._own:
            await self._on_postgres(kind, name)
            await run_on_postgres(url, SAVE)
            self._own[name] = Restored(url)
        await asyncio.to_thread(self._own[name].restore)
        return url

    async def drop_all(self) -> None:
        for name, restored in self._own.items():
            await asyncio.to_thread(restored.close)
            await run_on_postgres(POSTGRES_URL, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        fcntl.flock(self._in_use, fcntl.LOCK_UN)
        with self._alone("postgres"):
            try:
                fcntl.flock(self._in_use, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            self._in_use.close()
            for kind in (EMPTY, SAMPLED):
                if (made := self._folder / f"postgres-{kind}").exists():
                    made.unlink()
                    await run_on_postgres(
                        POSTGRES_URL, f"DROP DATABASE {self._made_name}_{kind} WITH (FORCE)"
                    )

    async def _on_sqlite(self, kind: str) -> Path:
        made, draft = self._folder / f"{kind}.db", self._folder / f"{kind}.draft"
        if not made.exists():
            with self._alone(f"sqlite-{kind}"):
                if not made.exists():
                    if kind == SAMPLED:
                        shutil.copy2(await self._on_sqlite(EMPTY), draft)
                        await _fill_with_sample(f"sqlite://{draft}")
                    else:
                        await migrate(f"sqlite://{draft}")
                    draft.rename(made)
        return made

    async def _on_postgres(self, kind: str, copy: str) -> None:
        # held while it is copied too: a database that somebody is making or copying cannot be copied
        with self._alone("postgres"):
            await self._make_on_postgres(kind)
            await run_on_postgres(
                POSTGRES_URL,
                f"CREATE DATABASE {copy} TEMPLATE {self._made_name}_{kind}",
                # only a server that falls loses anything by it, and none of ours is felled
                f"ALTER DATABASE {copy} SET synchronous_commit = off",
            )

    async def _make_on_postgres(self, kind: str) -> None:
        made, name = self._folder / f"postgres-{kind}", f"{self._made_name}_{kind}"
        if made.exists():
            return
        await run_on_postgres(POSTGRES_URL, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        if kind == SAMPLED:
            await self._make_on_postgres(EMPTY)
            await run_on_postgres(POSTGRES_URL, f"CREATE DATABASE {name} TEMPLATE {self._made_name}_{EMPTY}")
            await _fill_with_sample(_on_server(name))
        else:
            await run_on_postgres(POSTGRES_URL, f"CREATE DATABASE {name}")
            await migrate(_on_server(name))
        made.touch()

    @contextmanager
    def _alone(self, name: str) -> Iterator[None]:
        with (self._folder / f"{name}.lock").open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _on_server(name: str) -> str:
    return f"{POSTGRES_URL.rsplit('/', 1)[0]}/{name}"


async def _fill_with_sample(url: str) -> None:
    async with opened(url):
        await import_path(SAMPLE, vault=make_vault(), clock=Clock(), by="system")
