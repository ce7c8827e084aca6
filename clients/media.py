"""The media store: sealed bytes in a folder, one file per attachment id."""

import asyncio
import contextlib
import os
import time
from datetime import timedelta
from pathlib import Path

from models.errors import DomainError


class MediaGone(DomainError):
    key = "media-gone"
    message = "这个附件现在读不到，请稍后再试或联系系统管理员。"


# other folders beside the shelves are not for attachments
_SHELF = 2


class MediaStore:
    """Keeps what it is given as it is: sealing is the caller's."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def put(self, name: str, sealed: bytes) -> None:
        await asyncio.to_thread(self._write, name, sealed)

    async def get(self, name: str) -> bytes:
        try:
            return await asyncio.to_thread(self._path(name).read_bytes)
        except OSError as exc:
            raise MediaGone from exc

    async def shelves(self) -> list[str]:
        """Parts of the store, each small enough to be listed whole."""
        return await asyncio.to_thread(self._shelves)

    async def older_than(self, age: timedelta, *, shelf: str) -> list[str]:
        """Names by the machine's own clock, as files have it; unfinished ones of killed processes among them."""
        return await asyncio.to_thread(self._written_before, time.time() - age.total_seconds(), shelf)

    async def drop(self, name: str) -> None:
        await asyncio.to_thread(self._path(name).unlink, missing_ok=True)

    def _shelves(self) -> list[str]:
        with contextlib.suppress(FileNotFoundError), os.scandir(self.folder) as found:
            return sorted(entry.name for entry in found if entry.is_dir() and len(entry.name) == _SHELF)
        return []

    def _written_before(self, moment: float, shelf: str) -> list[str]:
        with contextlib.suppress(FileNotFoundError), os.scandir(self.folder / shelf) as found:
            return [entry.name for entry in found if entry.stat().st_mtime < moment]
        return []

    def _path(self, name: str) -> Path:
        return self.folder / name[:_SHELF] / name

    def _write(self, name: str, sealed: bytes) -> None:
        path = self._path(name)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished = path.with_name(f"{name}.{os.getpid()}.part")
        # nobody else's on this machine, whatever the umask
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
