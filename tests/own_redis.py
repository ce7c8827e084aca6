"""A Redis of a test's own, to be stopped and killed."""

import contextlib
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import left_out
from tests.ports import free_port


class OwnRedis:
    """A Redis that forgets everything when it is killed."""

    def __init__(self, *, port: int, folder: Path) -> None:
        self.port, self.folder = port, folder
        self.running: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.running = subprocess.Popen(
            ["redis-server", *options], cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def signal(self, number: int) -> None:
        assert self.running is not None
        self.running.send_signal(number)

    def kill(self) -> None:
        if self.running is not None:
            with contextlib.suppress(ProcessLookupError):
                self.running.send_signal(signal.SIGCONT)
                self.running.kill()
            self.running.wait()


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[OwnRedis]:
    if shutil.which("redis-server") is None:
        left_out("redis-server")
    server = OwnRedis(port=free_port(), folder=tmp_path)
    server.start()
    yield server
    server.kill()
