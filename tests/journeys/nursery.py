"""Processes of ours that begin with everything imported: importing it anew each time takes longer than most tests.

They are forked from a server that has only imported, so each is a process of its own which can be killed like any
other. `mashang` as a command started by itself is tested in `tests/test_cli_commands.py` and `tests/commands/`.
"""

import asyncio
import multiprocessing
import os
import signal
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
_nursery = multiprocessing.get_context("forkserver")
_nursery.set_forkserver_preload(["cli", "tests.journeys.nursery"])


class Child:
    """`mashang ARGUMENTS…` in a process of its own, which writes to `out` and `err`."""

    def __init__(self, arguments: list[str], *, environment: dict[str, str], out: Path, err: Path) -> None:
        given = (arguments, environment, str(out), str(err))
        self._process = _nursery.Process(target=_live, args=given, daemon=True)
        self._process.start()

    @property
    def returncode(self) -> int | None:
        """Negative for the signal that ended it, as for any child; none while it runs."""
        return self._process.exitcode

    def signal(self, number: int) -> None:
        assert self._process.pid is not None
        os.kill(self._process.pid, number)

    def kill(self) -> None:
        self._process.kill()

    def terminate(self) -> None:
        self._process.terminate()

    async def wait(self) -> int:
        loop, ended = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(self._process.sentinel, ended.set)
        try:
            await ended.wait()
        finally:
            loop.remove_reader(self._process.sentinel)
        self._process.join()
        assert self.returncode is not None
        return self.returncode


def _live(arguments: list[str], environment: dict[str, str], out: str, err: str) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(ROOT)
    for path, number in ((os.devnull, 0), (out, 1), (err, 2)):
        opened = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    sys.argv = ["mashang", *arguments]
    signal.signal(signal.SIGINT, signal.default_int_handler)
    from cli import main

    main()
