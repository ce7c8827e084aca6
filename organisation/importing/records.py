"""Raw tables as typed rows; a bad cell is reported and left out, the rest of its row is still checked."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from organisation.importing import texts
from organisation.importing.cells import Unreadable, Value
from organisation.importing.problems import ImportProblem
from organisation.importing.reading import RawTable
from organisation.importing.tables import Column, Table


@dataclass(slots=True)
class Record:
    """One row. `values` has a key per column of the file whose cell can be read; `bad` names the others."""

    row: int
    values: dict[str, Value]
    bad: set[str] = field(default_factory=set)

    def text(self, column: str) -> str:
        """The value of a text column; empty when empty, unreadable or not in the file."""
        value = self.values.get(column)
        return value if isinstance(value, str) else ""

    @property
    def is_active(self) -> bool | None:
        """None when the file does not say."""
        value = self.values.get("active")
        return value if isinstance(value, bool) else None


@dataclass(slots=True)
class Sheet:
    """The typed rows of one file."""

    table: Table
    file: str
    records: list[Record] = field(default_factory=list)
    problems: list[ImportProblem] = field(default_factory=list)

    def complain(self, record: Record, column: str, expected: str, *, value: str | None = None) -> None:
        """Reports the cell, once: a cell that could not be read is not complained about again."""
        if column in record.bad:
            return
        found = self.table.column(column)
        shown = record.values.get(column) if value is None else value
        self.problems.append(
            ImportProblem(
                file=self.file,
                row=record.row,
                column=found.header,
                value=texts.HIDDEN if found.kind.is_secret else str("" if shown is None else shown)[:60],
                expected=expected,
            )
        )
        record.bad.add(column)


class Batch:
    """The sheets of one import, by the name of their table."""

    def __init__(self, sheets: list[Sheet]) -> None:
        self.sheets = sheets
        self._by_table = {sheet.table.name: sheet for sheet in sheets}

    def sheet(self, table: Table) -> Sheet | None:
        return self._by_table.get(table.name)

    def records(self, table: Table) -> Iterator[Record]:
        sheet = self.sheet(table)
        return iter(sheet.records if sheet else ())

    def __contains__(self, table: Table) -> bool:
        return table.name in self._by_table


def typed(raw: RawTable) -> Sheet:
    sheet = Sheet(table=raw.table, file=raw.file)
    for number, line in raw.rows:
        record = Record(row=number, values={})
        for position, column in enumerate(raw.columns):
            if column is not None:
                _read_cell(
                    line[position] if position < len(line) else "", record=record, column=column, sheet=sheet
                )
        sheet.records.append(record)
    return sheet


def _read_cell(cell: str, *, record: Record, column: Column, sheet: Sheet) -> None:
    text = cell.strip()
    if not text:
        if column.is_required:
            sheet.complain(record, column.name, texts.REQUIRED, value="")
        else:
            record.values[column.name] = column.kind.when_empty
        return
    if "\0" in text:
        sheet.complain(record, column.name, texts.CSV, value="")
        return
    try:
        record.values[column.name] = column.kind.read(text)
    except Unreadable as problem:
        sheet.complain(record, column.name, problem.expected, value=text)
