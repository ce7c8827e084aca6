"""Rows written many at a time, a statement for all of a table's.

On SQLite, too: a row at a time, its thread and the event loop would wait for each other at every row.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, cast

from asyncpg.exceptions import DeadlockDetectedError, DivisionByZeroError
from tortoise.backends.sqlite.client import SqliteClient
from tortoise.exceptions import IntegrityError, OperationalError

from clients.database import connection, is_sqlite, rows
from clients.sqlite_immediate import ImmediateClient, in_our_words, run_each

AT_ONCE: Final = 200


class Stale(Exception):
    """A row is not as it was last seen, or is there already; nothing was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """`given_rows` in `sql` stands for `values` as a table named `given`; `columns` maps to PostgreSQL's types."""

    sql: str
    columns: Mapping[str, str]
    values: Sequence[Sequence[Any]]


def appended(table: str, columns: Mapping[str, str], values: Sequence[Sequence[Any]]) -> Write:
    sql = f"INSERT INTO {table} ({', '.join(columns)}) SELECT * FROM given_rows"
    return Write(sql=sql, columns=columns, values=values)


async def write(*writes: Write) -> Sequence[Any]:
    """In the running transaction, if there is one; the writes must not build on each other.

    Answers what the last one returns, on PostgreSQL only.
    """
    filled = [one for one in writes if one.values]
    if not filled:
        return []
    database = connection()
    if is_sqlite(database):
        await run_each(cast(SqliteClient, database), _for_sqlite(filled))
        return []
    statements, values = _joined(filled)
    parts = ", ".join(f"part{number} AS ({sql})" for number, sql in enumerate(statements[:-1]))
    return await rows(f"WITH {parts} {statements[-1]}" if parts else statements[-1], *values)


async def write_whole(*writes: Write, known: Write) -> None:
    """A transaction of its own in a single trip: all the rows of all the writes, or none.

    `known` changes rows one has seen before. Raises `Stale` when one of them is no longer as its condition
    says, or when a key of `writes` is taken. Call outside of transactions.
    """
    filled = [one for one in writes if one.values]
    database = connection()
    if is_sqlite(database):
        await _whole_on_sqlite(cast(ImmediateClient, database), filled, known)
        return
    statements, values = _joined([*filled, known] if known.values else filled)
    found = "0"
    if known.values:
        statements[-1] += " RETURNING 1"
        found = f"(SELECT count(*) FROM part{len(statements) - 1})"
    parts = ", ".join(f"part{number} AS ({sql})" for number, sql in enumerate(statements))
    # the division undoes the whole statement: it fails exactly when a row was not found as it was known
    check = f"SELECT 1 / (CASE WHEN {found} = ${len(values) + 1} THEN 1 ELSE 0 END)"
    try:
        await rows(f"WITH {parts} {check}", *values, len(known.values))
    except (IntegrityError, DeadlockDetectedError) as exc:
        # whoever is ended in a deadlock has kept nothing, and the other has changed the rows
        raise Stale from exc
    except OperationalError as exc:
        if isinstance(exc.__cause__, DivisionByZeroError):
            raise Stale from exc
        raise


def _joined(writes: Iterable[Write]) -> tuple[list[str], list[Any]]:
    """A statement each, numbered through; and for each column of each its value, or a list where rows are many."""
    statements: list[str] = []
    values: list[Any] = []
    for one in writes:
        is_single = len(one.values) == 1
        statements.append(_given(one.sql, tuple(one.columns.items()), len(values) + 1, is_single))
        values += one.values[0] if is_single else map(list, zip(*one.values, strict=True))
    return statements, values


@lru_cache(maxsize=512)
def _given(sql: str, columns: tuple[tuple[str, str], ...], first: int, is_single: bool) -> str:
    """A list for each column is as good for one row as for many, and costs twice as much."""
    kinds = enumerate((kind for _, kind in columns), start=first)
    if is_single:
        rows = f"(VALUES ({', '.join(f'${number}::{kind}' for number, kind in kinds)}))"
    else:
        rows = f"unnest({', '.join(f'${number}::{kind}[]' for number, kind in kinds)})"
    return sql.replace("given_rows", f"{rows} AS given ({', '.join(name for name, _ in columns)})")


async def _whole_on_sqlite(database: ImmediateClient, writes: Sequence[Write], known: Write) -> None:
    before, last = _for_sqlite(writes), _for_sqlite([known])

    def work(raw: sqlite3.Connection) -> None:
        for sql, values in before:
            raw.execute(sql, values)
        # not rowcount: sqlite3 knows none for a statement that begins with WITH
        so_far = raw.total_changes
        for sql, values in last:
            raw.execute(sql, values)
        if raw.total_changes - so_far != len(known.values):
            raise Stale

    try:
        with in_our_words():
            await database.in_one_trip(work)
    except IntegrityError as exc:
        raise Stale from exc


def _for_sqlite(writes: Iterable[Write]) -> list[tuple[str, list[Any]]]:
    """Statements of at most `AT_ONCE` rows, and the values of each in a row."""
    statements: list[tuple[str, list[Any]]] = []
    for one in writes:
        for start in range(0, len(one.values), AT_ONCE):
            given = one.values[start : start + AT_ONCE]
            sql = _many_rows(one.sql, tuple(one.columns), len(given))
            statements.append((sql, [value for row in given for value in row]))
    return statements


@lru_cache(maxsize=512)
def _many_rows(sql: str, columns: tuple[str, ...], count: int) -> str:
    row = f"({', '.join('?' * len(columns))})"
    given = f"WITH given({', '.join(columns)}) AS (VALUES {', '.join([row] * count)})"
    return f"{given} {sql.replace('given_rows', 'given')}"
