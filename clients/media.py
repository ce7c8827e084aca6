"""The media store: sealed bytes in a folder, one file per attachment id."""

import asyncio
import os
from pathlib import Path

from models.errors import DomainError


class MediaGone(DomainError):
    key = "media-gone"
    message = "这个附件现在读不到，请稍后再试或联系系统管理员。"


class MediaStore:
    """Keeps what it is given as it is: sealing is the caller's."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, name: str, sealed: bytes) -> None:
        await asyncio.to_thread(self._write, name, sealed)

    async def get(self, name: str) -> bytes:
        try:
            return await asyncio.to_thread(self._path(name).read_bytes)
        except OSError as exc:
            raise MediaGone from exc

    async def drop(self, name: str) -> None:
        await asyncio.to_thread(self._path(name).unlink, missing_ok=True)

    def _path(self, name: str) -> Path:
        return self._folder / name[:2] / name

    def _write(self, name: str, sealed: bytes) -> None:
        path = self._path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f"{name}.{os.getpid()}.part")
        with unfinished.open("wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
