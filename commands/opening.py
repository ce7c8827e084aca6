"""How a short command runs: its own loop, checked settings and an open, current database."""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator, Callable, Collection, Coroutine, Iterator
from typing import Any

import click
import uvloop
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from clients.database import opened
from clients.schema import require_current_schema
from settings import Settings, settings_around
from vault.vault import Vault

PORT = click.IntRange(1, 65535)


def run(work: Coroutine[Any, Any, None]) -> None:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(work)


@contextlib.asynccontextmanager
async def opened_with(needs: Collection[str] = frozenset()) -> AsyncIterator[Settings]:
    """Settings and an open, current database, for short commands; they also run beside a running `web`."""
    settings = settings_around(needs=needs)
    async with opened(settings.database_url):
        await require_current_schema()
        yield settings


@contextlib.contextmanager
def shown_progress(words: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal's standard error, told how many are done of how many."""
    columns = ("{task.description}", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console, is_hidden = Console(stderr=True), not sys.stderr.isatty()
    with Progress(*columns, console=console, transient=True, disable=is_hidden) as bar:
        task = bar.add_task(words, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def vault_of(settings: Settings) -> Vault:
    return Vault(keys=settings.keys, index_key=settings.index_key)


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
