"""`web --processes N`: keeps N children at one port, and ends them with itself."""

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import Sequence
from tempfile import TemporaryDirectory
from typing import Final

from commands import texts
from commands.errors import CommandFailed
from commands.opening import say
from commands.serving import GRACE_SECONDS, told_to_stop

YOUNG_SECONDS: Final = 3.0
PAUSE_SECONDS: Final = 1.0
KILL_AFTER_SECONDS: Final = GRACE_SECONDS + 10


async def supervise(command: Sequence[str], *, count: int, host: str, port: int) -> None:
    """Runs `command` (one child's whole command line) `count` times; raises `CommandFailed` when none can start."""
    with TemporaryDirectory(prefix="mashang-metrics-") as folder:
        environment = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": folder}
        children = [Child(command, environment=environment) for _ in range(count)]
        stopping = asyncio.create_task(told_to_stop())
        keeping = [asyncio.create_task(child.keep()) for child in children]
        try:
            say(texts.STARTED.format(host=host, port=port))
            done, _ = await asyncio.wait({stopping, *keeping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await asyncio.gather(*(child.stop() for child in children))
            for task in (stopping, *keeping):
                task.cancel()
            await asyncio.gather(stopping, *keeping, return_exceptions=True)
        if stopping not in done:
            raise CommandFailed(texts.CHILDREN_FAILED)


class Child:
    """One process, started again when it dies; one that never lived gives up."""

    def __init__(self, command: Sequence[str], *, environment: dict[str, str]) -> None:
        self._command = command
        self._environment = environment
        self._process: asyncio.subprocess.Process | None = None
        self._is_stopping = False

    async def keep(self) -> None:
        has_lived = False
        while not self._is_stopping:
            started = time.monotonic()
            self._process = await asyncio.create_subprocess_exec(
                *self._command, "--under", str(os.getpid()), env=self._environment
            )
            await self._process.wait()
            has_lived = has_lived or time.monotonic() - started > YOUNG_SECONDS
            if not has_lived:
                return
            await asyncio.sleep(PAUSE_SECONDS)

    async def stop(self) -> None:
        """Asks it to end, waits, and ends it."""
        self._is_stopping = True
        process = self._process
        if process is None or process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(process.wait(), KILL_AFTER_SECONDS)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
