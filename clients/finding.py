"""Rows found by one column: what is asked at every request, without the ORM making its statement anew each time.

On SQLite several questions share one trip to its thread, which costs more than the questions do.
"""

import asyncio
import sqlite3
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from tortoise.models import Model

from clients.database import connection, is_sqlite, rows
from clients.sqlite_immediate import in_our_words

M = TypeVar("M", bound=Model)


class Wanted(NamedTuple):
    """All rows of `model` whose `column` is `value`, in no order."""

    model: type[Model]
    column: str
    value: Any


async def find_one(model: type[M], column: str, value: Any) -> M | None:
    """`column` is unique."""
    found = await rows(_statement(model, column), value)
    return model._init_from_db(**dict(found[0])) if found else None


async def find_together(*wanted: Wanted) -> list[list[Any]]:
    """The rows of each, in the order asked for."""
    if not is_sqlite(connection()):
        found = await asyncio.gather(*[rows(_statement(one.model, one.column), one.value) for one in wanted])
    else:
        found = await _in_one_trip([(_statement(one.model, one.column), one.value) for one in wanted])
    return [
        [one.model._init_from_db(**dict(row)) for row in many]
        for one, many in zip(wanted, found, strict=True)
    ]


async def _in_one_trip(asked: Iterable[tuple[str, Any]]) -> list[Sequence[Any]]:
    def work(raw: sqlite3.Connection) -> list[Sequence[Any]]:
        return [raw.execute(sql.replace("$1", "?"), (value,)).fetchall() for sql, value in asked]

    async with connection().acquire_connection() as opened:
        with in_our_words():
            # aiosqlite has no public way into its thread with more than one statement
            found: list[Sequence[Any]] = await opened._execute(work, opened._conn)
    return found


@lru_cache(maxsize=64)
def _statement(model: type[Model], column: str) -> str:
    columns = ", ".join(f'"{name}"' for name in model._meta.fields_db_projection.values())
    return f'SELECT {columns} FROM "{model._meta.db_table}" WHERE "{column}" = $1'
