"""Sheets into files: one PDF, or a folder of pictures; a file is there whole or not at all."""

import contextlib
import fcntl
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from press.lettering import Lettering, plain_lettering
from press.pdf import PdfFile
from qrcodes.errors import AlreadyPrinting, SizeUnknown
from qrcodes.printing.canvas import PdfCanvas, PngCanvas
from qrcodes.printing.layouts import LAYOUTS, Layout, Poster

__all__ = ["Poster", "draw_pictures", "draw_posters", "held"]

DOTS_PER_INCH: Final = 200
Progress = Callable[[int], None]


def draw_posters(
    posters: Iterable[Poster],
    out: Path,
    *,
    size: str = "A5",
    progress: Progress | None = None,
    lettering: Lettering | None = None,
) -> int:
    """Writes the sheets to `out` and returns how many posters stand on them.

    Raises `GlyphMissing` (naming the character), `SizeUnknown`, or `OSError` with the file's name; then what was
    there before is there still. `progress` is called with the number of posters drawn so far.
    """
    layout, letters = layout_of(size), lettering or plain_lettering()
    with _whole(out) as partial, partial.open("wb") as file:
        pdf = PdfFile(file, lettering=letters)
        count = draw_sheets(pdf, posters, layout=layout, lettering=letters, progress=progress)
        pdf.finish()
    return count


def draw_sheets(
    pdf: PdfFile,
    posters: Iterable[Poster],
    *,
    layout: Layout,
    lettering: Lettering,
    progress: Progress | None,
) -> int:
    count = 0
    for sheet in layout.share(posters):
        canvas = PdfCanvas(pdf, lettering=lettering, width=layout.width, height=layout.height)
        layout.draw(canvas, lettering, sheet)
        canvas.close()
        count += len(sheet)
        if progress is not None:
            progress(count)
    return count


def draw_pictures(
    posters: Iterable[Poster], folder: Path, *, size: str = "A5", progress: Progress | None = None
) -> int:
    """A PNG for each sheet, named after its place and first code."""
    layout, letters, count = layout_of(size), plain_lettering(), 0
    for sheet in layout.share(posters):
        place = "".join(character for character in sheet[0].place[-1] if character.isalnum())
        canvas = PngCanvas(width=layout.width, height=layout.height, dots_per_inch=DOTS_PER_INCH)
        layout.draw(canvas, letters, sheet)
        with _whole(folder / f"{place[:60]}-{sheet[0].code}.png") as partial:
            canvas.image.save(partial, "PNG", dpi=(DOTS_PER_INCH, DOTS_PER_INCH))
        count += len(sheet)
        if progress is not None:
            progress(count)
    return count


def layout_of(size: str) -> Layout:
    """Raises `SizeUnknown`."""
    if size not in LAYOUTS:
        raise SizeUnknown
    return LAYOUTS[size]


@contextlib.contextmanager
def held(out: Path) -> Iterator[None]:
    """Raises `AlreadyPrinting` while somebody else writes to the same file or folder."""
    out.parent.mkdir(parents=True, exist_ok=True)
    lock = out.with_name(f".{out.name}.lock")
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as exc:
            raise AlreadyPrinting from exc
        try:
            yield
        finally:
            lock.unlink(missing_ok=True)


@contextlib.contextmanager
def _whole(out: Path) -> Iterator[Path]:
    """A place beside `out` that becomes it when all went well, and is gone otherwise."""
    out.parent.mkdir(parents=True, exist_ok=True)
    partial = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        yield partial
        partial.replace(out)
    except OSError as exc:
        # a write that fails does not say where
        exc.filename = exc.filename or str(out)
        raise
    finally:
        partial.unlink(missing_ok=True)
