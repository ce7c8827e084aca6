"""Rows given one by one, as a form gives them, under the same reading and checks as a file's."""

from collections.abc import Mapping, Sequence

from organisation.importing.reading import RawTable
from organisation.importing.records import Batch, typed
from organisation.importing.tables import Table

FIRST_ROW = 2


def batch_of_rows(table: Table, rows: Sequence[Mapping[str, str]]) -> Batch:
    """`rows` map columns to text as it would stand in the file; a column that is in none of them is left alone."""
    columns = [column for column in table.columns if any(column.name in row for row in rows)]
    raw = RawTable(
        table=table,
        file=table.name,
        columns=list(columns),
        rows=[
            (number, [row.get(column.name, "") for column in columns])
            for number, row in enumerate(rows, start=FIRST_ROW)
        ],
    )
    return Batch([typed(raw)])
