"""Rows of models by statements made once: what is asked at every request, without the ORM making its own each time.

On SQLite several questions share one trip to its thread, which costs more than the questions do.
"""

import asyncio
import sqlite3
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar

from tortoise.models import Model

from clients.database import connection, is_sqlite, rows
from clients.sqlite_immediate import in_our_words

M = TypeVar("M", bound=Model)


class Wanted(NamedTuple):
    """All rows of `model` whose `column` is `value`, in no order."""

    model: type[Model]
    column: str
    value: Any


class Columns(Generic[M]):
    """Columns of a model in a statement written by hand: `sql` under `alias`, in each row from `start` on.

    All of them, or `only` some; what is read then is partial, as by the ORM's `only()`.
    """

    __slots__ = ("_model", "_part", "_read", "_state", "end", "sql")

    def __init__(self, model: type[M], *, alias: str, start: int = 0, only: Sequence[str] = ()) -> None:
        meta = model._meta
        names = tuple(only) or tuple(meta.fields_db_projection)
        as_they_are = {name for _, name, _ in meta.db_native_fields}
        self._model = model
        self._read = [
            (name, None if name in as_they_are else meta.fields_map[name].to_python_value) for name in names
        ]
        # what the ORM itself notes on a row that it read
        self._state = {
            "_partial": bool(only),
            "_saved_in_db": True,
            "_custom_generated_pk": meta.db_pk_column not in meta.generated_db_fields,
        }
        self.end = start + len(names)
        self._part = slice(start, self.end)
        self.sql = ", ".join(f'{alias}."{meta.fields_db_projection[name]}"' for name in names)

    def read(self, row: Sequence[Any]) -> M:
        """The ORM's own way asks for a dictionary, and of each column what it is."""
        made = self._model.__new__(self._model)
        values = zip(self._read, row[self._part], strict=True)
        made.__dict__.update(
            self._state,
            _await_when_save={},
            **{name: read(value) if read else value for (name, read), value in values},
        )
        return made


async def find_one(model: type[M], column: str, value: Any) -> M | None:
    """`column` is unique."""
    sql, columns = _statement(model, column)
    found = await rows(sql, value)
    return columns.read(found[0]) if found else None


async def find_together(*wanted: Wanted) -> list[list[Any]]:
    """The rows of each, in the order asked for."""
    asked = [(*_statement(one.model, one.column), one.value) for one in wanted]
    if not is_sqlite(connection()):
        found = await asyncio.gather(*[rows(sql, value) for sql, _, value in asked])
    else:
        found = await _in_one_trip([(sql, value) for sql, _, value in asked])
    return [[columns.read(row) for row in many] for (_, columns, _), many in zip(asked, found, strict=True)]


async def _in_one_trip(asked: Iterable[tuple[str, Any]]) -> list[Sequence[Any]]:
    def work(raw: sqlite3.Connection) -> list[Sequence[Any]]:
        return [raw.execute(sql.replace("$1", "?"), (value,)).fetchall() for sql, value in asked]

    async with connection().acquire_connection() as opened:
        with in_our_words():
            # aiosqlite has no public way into its thread with more than one statement
            found: list[Sequence[Any]] = await opened._execute(work, opened._conn)
    return found


@lru_cache(maxsize=64)
def _statement(model: type[M], column: str) -> tuple[str, Columns[M]]:
    columns = Columns(model, alias="t")
    return f'SELECT {columns.sql} FROM "{model._meta.db_table}" t WHERE t."{column}" = $1', columns
