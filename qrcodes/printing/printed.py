"""What stands in a folder already: a job that was stopped goes on where it was."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import orjson

from qrcodes.printing.layouts import Poster
from routing.table import RoutingTable

_LIST = ".printed.json"
# Raised when layouts change: what was drawn the old way is drawn again.
_DRAWN_LIKE = 2


class Printed:
    """By file name, from what a file was made; a file that something else was asked for is made again."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._list = folder / _LIST
        self._made: dict[str, str] = {}
        if self._list.exists():
            try:
                self._made = dict(orjson.loads(self._list.read_bytes()))
            except (orjson.JSONDecodeError, ValueError, TypeError):
                self._made = {}

    def has(self, file: Path, posters: Sequence[Poster]) -> bool:
        return self._made.get(file.name) == mark_of(posters) and file.exists()

    def keep(self, file: Path, posters: Sequence[Poster]) -> None:
        self._made[file.name] = mark_of(posters)
        partial = self._list.with_suffix(".part")
        try:
            partial.write_bytes(orjson.dumps(self._made))
            partial.replace(self._list)
        except OSError as exc:
            partial.unlink(missing_ok=True)
            exc.filename = exc.filename or str(self._list)
            raise


def file_of(table: RoutingTable, township: str, *, size: str) -> str:
    """Named for people: code, names from the county down, paper."""
    names = "".join(table.names_of(township)[1:]) or township
    plain = "".join(character for character in names if character.isalnum())
    return f"{township}-{plain[:60]}-{size}.pdf"


def mark_of(posters: Sequence[Poster], *, size: str = "") -> str:
    """Another one when something else would be drawn; `size` where no file name says it."""
    said = "\n".join(map(repr, posters))
    return hashlib.sha256(f"{_DRAWN_LIKE}{size}\n{said}".encode()).hexdigest()[:32]
