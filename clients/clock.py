"""The clock. Tests and rehearsals shift it by a file; production has no such file."""

from datetime import UTC, datetime, timedelta
from pathlib import Path


class Clock:
    """Tells the time in UTC, moved by the seconds that `offset_file` holds at each look."""

    def __init__(self, offset_file: Path | None = None) -> None:
        self._offset_file = offset_file

    def now(self) -> datetime:
        return datetime.now(UTC) + self._offset()

    def _offset(self) -> timedelta:
        if self._offset_file is None:
            return timedelta()
        try:
            return timedelta(seconds=float(self._offset_file.read_text() or 0))
        except (OSError, ValueError):
            # the file is being replaced, or not written yet: no shift
            return timedelta()
