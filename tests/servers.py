"""The servers that tests talk to, and the keys and the prefecture they talk about."""

import fcntl
import os
import socket
import tempfile
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import asyncpg

from vault.vault import Vault

POSTGRES_URL = os.environ.get("MASHANG_TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
REDIS_DATABASES: Final = range(1, 16)
_held: list[int] = []


def redis_of_own() -> str:
    """A database of the Redis here that no other process tests with, for as long as this one lives.

    Every test flushes it, so two runs beside each other, or two workers of one, must never meet in one.
    """
    for number in REDIS_DATABASES:
        lock = Path(tempfile.gettempdir()) / f"mashang-{os.getuid()}-redis-{number}.lock"
        held = os.open(lock, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(held)
            continue
        _held.append(held)
        return f"redis://127.0.0.1:6379/{number}"
    raise RuntimeError("other runs of the tests hold every database of Redis")


REDIS_URL = os.environ.get("MASHANG_TEST_REDIS_URL") or redis_of_own()
CHROMIUM = os.environ.get("MASHANG_TEST_CHROMIUM", "/usr/bin/chromium")
SAMPLE = Path(__file__).parent.parent / "sample"
KEY = bytes(range(32))
INDEX_KEY = bytes(range(32, 64))
GUESTS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()"
)


def make_vault() -> Vault:
    return Vault(keys=[KEY], index_key=INDEX_KEY)


def is_listening(url: str, default_port: int) -> bool:
    parts = urlsplit(url)
    try:
        socket.create_connection((parts.hostname, parts.port or default_port), timeout=2).close()
    except OSError:
        return False
    return True


async def run_on_postgres(url: str, *statements: str) -> None:
    server = await asyncpg.connect(url)
    try:
        for statement in statements:
            await server.execute(statement)
    finally:
        await server.close()


async def send_guests_away(url: str) -> None:
    """Connections that a killed process left behind."""
    server = await asyncpg.connect(POSTGRES_URL)
    try:
        await server.execute(GUESTS, url.rsplit("/", 1)[1])
    finally:
        await server.close()
