"""A workbook of one sheet (ECMA-376), packed as it is written: openpyxl keeps rows in a file of its own meanwhile."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import IO, Any, Final
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OPEN: Final = "http://schemas.openxmlformats.org"
_MAIN: Final = f"{_OPEN}/spreadsheetml/2006/main"
_LINKS: Final = f"{_OPEN}/officeDocument/2006/relationships"
_PACKED: Final = f"{_OPEN}/package/2006"
_KIND: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_RELATED: Final = f'<Relationships xmlns="{_PACKED}/relationships">'
_PARTS: Final = {
    "[Content_Types].xml": f"""<Types xmlns="{_PACKED}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>
<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/></Types>""",
    "_rels/.rels": f"""{_RELATED}<Relationship Id="rId1" Type="{_LINKS}/officeDocument"
 Target="xl/workbook.xml"/></Relationships>""",
    "xl/_rels/workbook.xml.rels": f"""{_RELATED}<Relationship Id="rId1" Type="{_LINKS}/worksheet"
 Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{_LINKS}/styles" Target="styles.xml"/>
</Relationships>""",
    "xl/styles.xml": f"""<styleSheet xmlns="{_MAIN}">
<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>
<fonts count="1"><font><sz val="11"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="2"><xf/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>""",
}
_BOOK: Final = f"""<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>
<sheet name="{{title}}" sheetId="1" r:id="rId1"/></sheets></workbook>"""
# the day from which a sheet counts
_FIRST_DAY: Final = datetime(1899, 12, 30)
_DAY_SECONDS: Final = 86_400
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Workbook:
    """`append` row after row, then `finish`, which leaves `file` standing at its end."""

    def __init__(self, file: IO[bytes], *, title: str) -> None:
        self._packed = ZipFile(file, "w", ZIP_DEFLATED)
        parts = _PARTS | {"xl/workbook.xml": _BOOK.format(title=escape(title, {'"': "&quot;"}))}
        for name, content in parts.items():
            self._packed.writestr(name, _HEAD + content)
        self._sheet = self._packed.open("xl/worksheets/sheet1.xml", "w", force_zip64=True)
        self._sheet.write(f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>'.encode())

    def append(self, row: Sequence[Any]) -> None:
        """Text, whole numbers, moments without a zone, and None for an empty cell."""
        self._sheet.write(f"<row>{''.join(map(_cell, row))}</row>".encode())

    def finish(self) -> None:
        self._sheet.write(b"</sheetData></worksheet>")
        self._sheet.close()
        self._packed.close()


def _cell(value: Any) -> str:
    """What begins with = is a name all the same, not a formula."""
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, datetime):
        days = (value - _FIRST_DAY).total_seconds() / _DAY_SECONDS
        return f'<c s="1"><v>{days!r}</v></c>'
    if isinstance(value, int):
        return f"<c><v>{value}</v></c>"
    text = escape(_NOT_XML.sub("", str(value)))
    return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
