"""The servers that tests talk to, and the keys and the prefecture they talk about."""

import os
import socket
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg

from vault.vault import Vault

POSTGRES_URL = os.environ.get("MASHANG_TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
# flushed by every test: each of a run's three workers has a database of its own, and two runs seldom share one
WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
RUN = int(os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))[-6:], 16) % 5
REDIS_URL = os.environ.get("MASHANG_TEST_REDIS_URL", f"redis://127.0.0.1:6379/{1 + RUN * 3 + WORKER % 3}")
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
