"""One big PDF that is gone on with after a stop: beside it lie its pages and a list of the parts that are whole."""

import contextlib
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import orjson

from press.lettering import plain_lettering
from press.pdf import PdfFile
from qrcodes.drawing import Progress, draw_sheets, layout_of
from qrcodes.printing.layouts import Poster
from qrcodes.printing.printed import mark_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a line of the list says: from what it was made, where its objects stand, what they end at, new letters."""

    mark: str
    places: Sequence[int]
    end: int
    letters: str


class Unfinished:
    """`add` the parts in order, then `finish`. Parts that an earlier run drew from the same posters are kept, up to the
    first that differs. The place must be held.

    Raises what drawing raises, or `OSError` with the file's name; then the whole parts wait for the next run.
    """

    def __init__(self, out: Path, *, size: str) -> None:
        self._out, self._size, self._layout = out, size, layout_of(size)
        self._pages, self._list = (out.with_name(f".{out.name}.{end}") for end in ("part", "parts"))
        self._letters = plain_lettering()

    def __enter__(self) -> Self:
        try:
            self._file = self._pages.open("r+b" if self._pages.exists() else "w+b")
            self._kept = _read(self._list, length=self._pages.stat().st_size)
            self._parts = self._list.open("r+b" if self._list.exists() else "w+b")
        except OSError as exc:
            raise self._named(exc) from exc
        self._pdf = PdfFile(self._file, lettering=self._letters)
        return self

    def __exit__(self, *_: tuple[type[BaseException], BaseException, TracebackType]) -> None:
        # what counts was flushed; after a full disk closing tries the rest once more
        for file in (self._file, self._parts):
            with contextlib.suppress(OSError):
                file.close()

    def add(self, posters: Sequence[Poster], *, progress: Progress) -> None:
        try:
            mark = mark_of(posters, size=self._size)
            if self._kept and self._kept[0].mark == mark:
                part = self._kept.pop(0)
                self._pdf.take_over(part.places, letters=part.letters, end=part.end)
                self._parts.readline()
                progress(len(posters))
            else:
                self._draw(posters, mark=mark, progress=progress)
        except OSError as exc:
            raise self._named(exc) from exc

    def finish(self) -> None:
        try:
            self._file.truncate(self._pdf.end)
            self._pdf.finish()
            self._file.flush()
            os.fsync(self._file.fileno())
            self._pages.replace(self._out)
            self._list.unlink()
        except OSError as exc:
            raise self._named(exc) from exc

    def _draw(self, posters: Sequence[Poster], *, mark: str, progress: Progress) -> None:
        # what an earlier run made of other posters, and what it did not finish
        self._kept = []
        self._parts.truncate(self._parts.tell())
        self._file.truncate(self._pdf.end)
        first, had = len(self._pdf.places), set(self._pdf.used)
        draw_sheets(self._pdf, posters, layout=self._layout, lettering=self._letters, progress=progress)
        self._file.flush()
        # a line must not outlive the pages that it tells of
        os.fsync(self._file.fileno())
        part = Part(
            mark=mark,
            places=self._pdf.places[first:],
            end=self._pdf.end,
            letters="".join(sorted(self._pdf.used - had)),
        )
        self._parts.write(orjson.dumps(asdict(part)) + b"\n")
        self._parts.flush()

    def _named(self, exc: OSError) -> OSError:
        # a write that fails does not say where
        exc.filename = exc.filename or str(self._out)
        return exc


def _read(file: Path, *, length: int) -> list[Part]:
    """The whole lines; a process may be killed within one, and a list may have come without its pages."""
    found: list[Part] = []
    for line in file.read_bytes().splitlines() if file.exists() else ():
        try:
            part = Part(**orjson.loads(line))
        except (orjson.JSONDecodeError, TypeError):
            break
        if part.end > length:
            break
        found.append(part)
    return found
