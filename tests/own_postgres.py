"""A PostgreSQL of a test's own, to be killed and started again."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import left_out
from tests.ports import free_port

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
# no disk fails here: what the server wrote is there when it comes back
SETTINGS = "-c fsync=off -c max_connections=100"


class OwnPostgres:
    """Initialised once; `kill` ends every process of it at once, as a crash does, and it recovers from its log."""

    def __init__(self, *, port: int, folder: Path, binaries: Path) -> None:
        self.port, self.folder, self.binaries = port, folder, binaries
        self._run("initdb", "-D", str(folder), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")

    @property
    def url(self) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        options = f"-p {self.port} -k {self.folder} {SETTINGS}"
        self._run(
            "pg_ctl", "-D", str(self.folder), "-w", "-l", str(self.folder / "log"), "-o", options, "start"
        )

    def kill(self) -> None:
        self._run("pg_ctl", "-D", str(self.folder), "-m", "immediate", "stop")

    def copy_of(self, url: str, *, name: str) -> str:
        """A database `name` that holds what another server's does; its address."""
        dump = [
            str(self.binaries / "pg_dump"),
            "--schema",
            "public",
            "--no-owner",
            "--clean",
            "--if-exists",
            url,
        ]
        dumped = subprocess.run(dump, check=False, capture_output=True)
        if dumped.returncode:
            left_out("a pg_dump of the server's version")
        made = f"{self.url.rpartition('/')[0]}/{name}"
        psql = str(self.binaries / "psql")
        subprocess.run([psql, "-q", self.url, "-c", f"CREATE DATABASE {name}"], check=True)
        restore = [psql, "-q", "-v", "ON_ERROR_STOP=1", made]
        subprocess.run(restore, input=dumped.stdout, check=True, stdout=subprocess.DEVNULL)
        return made

    def _run(self, name: str, *arguments: str) -> None:
        # it refuses to be run by root
        by = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        command = [*by, str(self.binaries / name), *arguments]
        subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture
def own_postgres() -> Iterator[OwnPostgres]:
    if not BINARIES:
        left_out("PostgreSQL's own programs")
    # pytest's folders are closed to other users
    folder = Path(tempfile.mkdtemp(prefix="mashang-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    server = OwnPostgres(port=free_port(), folder=folder, binaries=BINARIES[-1])
    server.start()
    yield server
    server.kill()
    shutil.rmtree(folder)
