"""The platform's time, which a test may move forward."""

from __future__ import annotations

import time
from pathlib import Path


class Clock:
    """Seconds since 1970 plus an offset; the offset lives in a file when other processes share it."""

    def __init__(self, *, offset_file: Path | None = None) -> None:
        self._file = offset_file
        self._offset = 0.0

    @property
    def offset(self) -> float:
        """An absent or unreadable file means no offset."""
        if self._file is None:
            return self._offset
        try:
            return float(self._file.read_text(encoding="ascii").strip() or 0)
        except (OSError, ValueError):
            return 0.0

    @offset.setter
    def offset(self, seconds: float) -> None:
        self._offset = seconds
        if self._file is not None:
            # Renamed into place: a reader must never see half a number.
            fresh = self._file.with_name(self._file.name + ".new")
            fresh.write_text(f"{seconds:.3f}", encoding="ascii")
            fresh.replace(self._file)

    def now(self) -> float:
        return time.time() + self.offset

    def advance(self, seconds: float) -> None:
        self.offset = self.offset + seconds
