"""A folder of CSV files or one XLSX, as raw tables of text with row numbers."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from organisation.importing import cells, texts
from organisation.importing.problems import ImportProblem
from organisation.importing.tables import BY_NAME, TABLES, Column, Table

csv.field_size_limit(1_000_000)


@dataclass(slots=True)
class RawTable:
    """`columns[i]` describes cell i of every row; None where the header is not known."""

    table: Table
    file: str
    columns: list[Column | None] = field(default_factory=list)
    rows: list[tuple[int, list[str]]] = field(default_factory=list)


@dataclass(slots=True)
class Reading:
    tables: list[RawTable] = field(default_factory=list)
    problems: list[ImportProblem] = field(default_factory=list)

    def complain(
        self, file: str, expected: str, *, row: int | None = None, column: str = "", value: str = ""
    ) -> None:
        self.problems.append(ImportProblem(file=file, row=row, column=column, value=value, expected=expected))


def read(path: Path) -> Reading:
    """Everything at `path`; what cannot be read is in `problems`, and the rest is read all the same."""
    reading = Reading()
    if path.is_dir():
        _read_folder(path, reading=reading)
    elif path.is_file() and path.suffix.lower() in (".xlsx", ".xlsm"):
        _read_workbook(path, name=path.name, reading=reading)
    else:
        reading.complain(path.name, texts.PATH)
    return _or_nothing(reading, name=path.name)


def read_workbook(content: bytes, *, name: str) -> Reading:
    """Like `read`, of an XLSX that lies in memory; `name` stands for it in what is complained of."""
    reading = Reading()
    _read_workbook(io.BytesIO(content), name=name, reading=reading)
    return _or_nothing(reading, name=name)


def _or_nothing(reading: Reading, *, name: str) -> Reading:
    if not reading.tables and not reading.problems:
        reading.complain(name, texts.NOTHING_HERE)
    return reading


def _read_folder(path: Path, *, reading: Reading) -> None:
    for file in sorted(path.iterdir()):
        if file.suffix.lower() != ".csv" or file.name.startswith((".", "~")) or not file.is_file():
            continue
        table = _table_named(file.stem, file=file.name, reading=reading)
        if table is None:
            continue
        try:
            text = _decoded(file.read_bytes())
            _fill(
                table,
                file=file.name,
                lines=csv.reader(io.StringIO(text, newline=""), strict=True),
                reading=reading,
            )
        except cells.Unreadable as problem:
            reading.complain(file.name, problem.expected)
        except csv.Error:
            reading.complain(file.name, texts.CSV)
        except OSError:
            reading.complain(file.name, texts.UNREADABLE)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        raise cells.Unreadable(texts.UTF8) from None
    raise cells.Unreadable(texts.GBK)


def _read_workbook(source: Path | IO[bytes], *, name: str, reading: Reading) -> None:
    """Parts of a workbook are parsed only when they are come to, so a broken one may show late."""
    try:
        with closing(load_workbook(source, read_only=True, data_only=True)) as workbook:
            for sheet in workbook.worksheets:
                # sizes that a sheet states about itself are often wrong, and would cut rows off
                sheet.reset_dimensions()
                _read_sheet(sheet.title, sheet.iter_rows(values_only=True), reading=reading)
    except (BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, OSError):
        reading.complain(name, texts.WORKBOOK)


def _read_sheet(title: str, rows: Iterable[tuple[object, ...]], *, reading: Reading) -> None:
    lines = _without_empty_end(map(_as_text, row) for row in rows)
    first = next(lines, None)
    if first is None:
        return
    table = _table_named(title.strip(), file=title, reading=reading)
    if table is not None:
        _fill(table, file=title, lines=_again(first, lines), reading=reading)


def _again(first: list[str], rest: Iterable[list[str]]) -> Iterator[list[str]]:
    yield first
    yield from rest


def _without_empty_end(lines: Iterable[Iterable[str]]) -> Iterator[list[str]]:
    """Rows without their empty last cells; empty rows at the end of a sheet are left out."""
    empty = 0
    for cells_of_line in lines:
        line = list(cells_of_line)
        while line and not line[-1].strip():
            line.pop()
        if not line:
            empty += 1
            continue
        for _ in range(empty):
            yield []
        empty = 0
        yield line


def _as_text(value: object) -> str:
    """A cell as it would stand in a CSV: codes typed as numbers lose no digit and gain no `.0`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return (
            value.date().isoformat()
            if value == datetime.combine(value.date(), datetime.min.time())
            else str(value)
        )
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _table_named(name: str, *, file: str, reading: Reading) -> Table | None:
    table = BY_NAME.get(name.lower().removesuffix(".csv"))
    if table is None:
        names = texts.listed(table.name for table in TABLES)
        reading.complain(file, texts.UNKNOWN_FILE.format(names=names))
    elif any(raw.table is table for raw in reading.tables):
        reading.complain(file, texts.REPEATED_FILE)
        return None
    return table


def _fill(table: Table, *, file: str, lines: Iterable[list[str]], reading: Reading) -> None:
    raw = RawTable(table=table, file=file)
    numbered = enumerate(lines, start=1)
    _, header = next(numbered, (1, []))
    raw.columns = _columns(table, header=header, file=file, reading=reading)
    for number, line in numbered:
        if not any(cell.strip() for cell in line):
            continue
        if any(cell.strip() for cell in line[len(header) :]):
            expected = texts.EXTRA_CELLS.format(count=len(header))
            reading.complain(file, expected, row=number)
        raw.rows.append((number, line[: len(header)]))
    reading.tables.append(raw)


def _columns(table: Table, *, header: Sequence[str], file: str, reading: Reading) -> list[Column | None]:
    every = texts.listed(column.header for column in table.columns)
    if not any(cell.strip() for cell in header):
        reading.complain(file, texts.HEADER.format(headers=every), row=1)
        return []
    columns = [table.headers.get(cells.folded(cell).lower()) for cell in header]
    for position, (cell, column) in enumerate(zip(header, columns, strict=True)):
        if column is None and cell.strip():
            reading.complain(file, texts.UNKNOWN_COLUMN.format(headers=every), row=1, value=cell.strip())
        elif column is not None and column in columns[:position]:
            reading.complain(file, texts.REPEATED_COLUMN, row=1, column=column.header, value=cell.strip())
    for column in table.columns:
        if (column.is_required or column.is_expected) and column not in columns:
            expected = texts.MISSING_COLUMN.format(header=column.header)
            reading.complain(file, expected, row=1, column=column.header)
    return columns
