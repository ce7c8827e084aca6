"""A PDF written as it is drawn: pages go to the file at once, only their places are remembered.

Written by hand because a township's posters then cost little more than their symbols (docs/decisions/0021).
"""

import zlib
from collections.abc import Sequence
from typing import BinaryIO

from press.lettering import Lettering

POINTS_PER_MM = 72 / 25.4
_CATALOG, _PAGES, _FONT, _DESCENDANT, _DESCRIPTOR, _CUT, _UNICODE = range(1, 8)
_CMAP = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
{ranges}
endcmap CMapName currentdict /CMap defineresource pop end end"""
_AT_ONCE = 100


class PdfFile:
    """`add_page` as often as there are pages, then `finish`; the font with the characters used comes last."""

    def __init__(self, out: BinaryIO, *, lettering: Lettering) -> None:
        """`out` stands at its beginning; `places` are those of pages and what is on them, as written, up to `end`."""
        self._out = out
        self._lettering = lettering
        self._fixed: dict[int, int] = {}
        self._pages: list[int] = []
        self.places: list[int] = []
        self.used: set[str] = set()
        self.end = 0
        self._write(b"%PDF-1.5\n%\xe7\xa0\x81\n")

    def add_picture(self, jpeg: bytes, *, width: int, height: int) -> int:
        """A JPEG of three colours and so many pixels, written at once; answers its number, for `add_page`."""
        number = _UNICODE + 1 + len(self.places)
        head = (
            f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceRGB "
            f"/BitsPerComponent 8 /Filter /DCTDecode /Length {len(jpeg)} >>\nstream\n"
        )
        self._object(number, head.encode() + jpeg + b"\nendstream")
        return number

    def add_page(self, content: bytes, *, width: float, height: float, pictures: Sequence[int] = ()) -> None:
        """`content` is drawn in points and may draw `/P` with the number of each of `pictures`.

        `width` and `height` are millimetres.
        """
        stream = _UNICODE + 1 + len(self.places)
        self._stream(stream, content)
        self._pages.append(stream + 1)
        shown = " ".join(f"/P{number} {number} 0 R" for number in pictures)
        drawn = f"/XObject << {shown} >> " if shown else ""
        box = f"{width * POINTS_PER_MM:.2f} {height * POINTS_PER_MM:.2f}"
        self._object(
            stream + 1,
            f"<< /Type /Page /Parent {_PAGES} 0 R /MediaBox [0 0 {box}] /Contents {stream} 0 R "
            f"/Resources << {drawn}/Font << /F {_FONT} 0 R >> >> >>".encode(),
        )

    def take_over(self, places: Sequence[int], *, letters: str, end: int) -> None:
        """Pages without pictures that an earlier run wrote at this place of the file."""
        first = _UNICODE + 2 + len(self.places)
        self._pages += range(first, first + len(places), 2)
        self.places += places
        self.used.update(letters)
        self.end = end
        self._out.seek(end)

    def finish(self) -> None:
        self._font()
        after = _UNICODE + 1 + len(self.places)
        kids = " ".join(f"{page} 0 R" for page in self._pages)
        pages = f"<< /Type /Pages /Count {len(self._pages)} /Kids [{kids}] >>"
        self._object(_PAGES, pages.encode())
        self._object(_CATALOG, f"<< /Type /Catalog /Pages {_PAGES} 0 R >>".encode())
        start = self.end
        places = [*(self._fixed[number] for number in range(1, _UNICODE + 1)), *self.places]
        rows = b"".join(b"%010d 00000 n \n" % place for place in places)
        self._write(b"xref\n0 %d\n0000000000 65535 f \n" % after + rows)
        self._write(
            b"trailer << /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (after, _CATALOG, start)
        )

    def _font(self) -> None:
        letters = {character: self._lettering.glyph(character) for character in sorted(self.used)}
        cut = self._lettering.cut(self.used)
        name = "AAAAAA+" + self._lettering.name
        widths = " ".join(f"{cid} [{width}]" for cid, width in sorted(set(letters.values())))
        self._object(
            _FONT,
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H "
            f"/DescendantFonts [{_DESCENDANT} 0 R] /ToUnicode {_UNICODE} 0 R >>".encode(),
        )
        self._object(
            _DESCENDANT,
            f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /{name} /DW 1000 /W [{widths}] "
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
            f"/FontDescriptor {_DESCRIPTOR} 0 R >>".encode(),
        )
        self._object(
            _DESCRIPTOR,
            f"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [-1000 -1000 3000 2000] "
            "/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 733 /StemV 80 "
            f"/FontFile3 {_CUT} 0 R >>".encode(),
        )
        self._stream(_CUT, cut, more="/Subtype /CIDFontType0C")
        self._stream(_UNICODE, _unicodes({cid: letter for letter, (cid, _) in letters.items()}))

    def _stream(self, number: int, content: bytes, *, more: str = "") -> None:
        packed = zlib.compress(content, 6)
        head = f"<< /Length {len(packed)} /Filter /FlateDecode {more} >>\nstream\n"
        self._object(number, head.encode() + packed + b"\nendstream")

    def _object(self, number: int, body: bytes) -> None:
        if number > _UNICODE:
            self.places.append(self.end)
        else:
            self._fixed[number] = self.end
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, body))

    def _write(self, content: bytes) -> None:
        self._out.write(content)
        self.end += len(content)


def _unicodes(letters: dict[int, str]) -> bytes:
    """So that what is printed can be searched and copied."""
    rows = [f"<{cid:04X}> <{letter.encode('utf-16-be').hex().upper()}>" for cid, letter in letters.items()]
    parts = [rows[start : start + _AT_ONCE] for start in range(0, len(rows), _AT_ONCE)]
    ranges = "\n".join(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in parts)
    return _CMAP.format(ranges=ranges).encode()
