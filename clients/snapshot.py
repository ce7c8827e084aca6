"""A whole database read as of one moment, while others go on writing; and rows put into an empty one."""

import base64
import sqlite3
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, Protocol

import asyncpg
from tortoise import Tortoise
from tortoise.fields import BinaryField, BooleanField, DateField, DecimalField, JSONField
from tortoise.fields.relational import ForeignKeyFieldInstance
from tortoise.models import Model

from clients.database import DatabaseGone, sqlite_path

AT_ONCE: Final = 500
KINDS: Final[dict[type, str]] = {
    BinaryField: "bytes",
    BooleanField: "bool",
    DateField: "date",
    DecimalField: "decimal",
    JSONField: "json",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """`columns`: name → kind; `selfs`: columns that point into the table itself; `counted`: its id is a sequence's."""

    name: str
    columns: dict[str, str]
    selfs: tuple[str, ...]
    counted: str


def tables() -> list[Table]:
    """Every table, those pointed to before those that point. The database must be open."""
    waiting = {model._meta.db_table: model for model in Tortoise.apps["models"].values()}
    placed: list[Table] = []
    while waiting:
        known = {table.name for table in placed}
        ready = [name for name, model in waiting.items() if _pointed(model) - {name} <= known]
        placed += [_table(waiting.pop(name)) for name in sorted(ready)]
    return placed


def _pointed(model: type[Model]) -> set[str]:
    fields = model._meta.fields_map.values()
    return {one.related_model._meta.db_table for one in fields if isinstance(one, ForeignKeyFieldInstance)}


def _table(model: type[Model]) -> Table:
    meta = model._meta
    columns = {column: _kind(meta.fields_map[name]) for name, column in meta.fields_db_projection.items()}
    selfs = [
        str(one.source_field)
        for one in meta.fields_map.values()
        if isinstance(one, ForeignKeyFieldInstance) and one.related_model is model
    ]
    counted = meta.db_pk_column if meta.pk.generated else ""
    return Table(name=meta.db_table, columns=columns, selfs=tuple(selfs), counted=counted)


def _kind(field: Any) -> str:
    return next((kind for type_, kind in KINDS.items() if isinstance(field, type_)), "")


def to_plain(value: Any, kind: str) -> Any:
    """What JSON takes, the same from both databases."""
    if value is None or not kind:
        return value
    if kind == "bytes":
        return base64.b64encode(bytes(value)).decode()
    if kind == "bool":
        return bool(value)
    return str(value)


def from_plain(value: Any, kind: str, *, is_sqlite: bool) -> Any:
    if value is None or not kind:
        return value
    if kind == "bytes":
        return base64.b64decode(value)
    if is_sqlite or kind == "json":
        return value
    if kind == "date":
        return date.fromisoformat(value)
    return Decimal(value) if kind == "decimal" else value


class Reading(Protocol):
    def rows(self, sql: str) -> AsyncIterator[Sequence[Sequence[Any]]]: ...


class Filling(Protocol):
    async def insert(self, sql: str, values: Iterable[Sequence[Any]]) -> None: ...


@asynccontextmanager
async def snapshot(url: str) -> AsyncIterator[Reading]:
    """Raises `DatabaseGone`."""
    path = sqlite_path(url)
    if path is not None:
        with closing(sqlite3.connect(path)) as file:
            file.execute("PRAGMA query_only = ON")
            file.execute("BEGIN")
            yield _SqliteRows(file)
        return
    server = await _connected(url)
    try:
        async with server.transaction(isolation="repeatable_read", readonly=True):
            yield _PostgresRows(server)
    finally:
        await server.close()


@asynccontextmanager
async def filling(url: str) -> AsyncIterator[Filling]:
    """All of what is inserted in the block, or nothing of it. Raises `DatabaseGone`, `ValueError`."""
    path = sqlite_path(url)
    if path is not None:
        with closing(sqlite3.connect(path)) as file:
            file.execute("PRAGMA foreign_keys = OFF")
            yield _SqliteRows(file)
            if file.execute("PRAGMA foreign_key_check").fetchone() is not None:
                raise ValueError
            file.commit()
        return
    server = await _connected(url)
    try:
        async with server.transaction():
            yield _PostgresRows(server)
    finally:
        await server.close()


async def _connected(url: str) -> Any:
    try:
        return await asyncpg.connect(url)
    except (OSError, asyncpg.PostgresError) as exc:
        raise DatabaseGone from exc


class _SqliteRows:
    """Used by commands that serve nobody meanwhile, so in their own thread."""

    def __init__(self, file: sqlite3.Connection) -> None:
        self._file = file

    async def rows(self, sql: str) -> AsyncIterator[Sequence[Sequence[Any]]]:
        found = self._file.execute(sql)
        while chunk := found.fetchmany(AT_ONCE):
            yield chunk

    async def insert(self, sql: str, values: Iterable[Sequence[Any]]) -> None:
        self._file.executemany(sql.replace("$", "?"), values)


class _PostgresRows:
    def __init__(self, server: Any) -> None:
        self._server = server

    async def rows(self, sql: str) -> AsyncIterator[Sequence[Sequence[Any]]]:
        found = await self._server.cursor(sql)
        while chunk := await found.fetch(AT_ONCE):
            yield [tuple(row) for row in chunk]

    async def insert(self, sql: str, values: Iterable[Sequence[Any]]) -> None:
        await self._server.executemany(sql, values)
