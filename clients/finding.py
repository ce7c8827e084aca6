"""Rows of models by statements made once: what is asked at every request, without the ORM making its own each time.

On SQLite several questions share one trip to its thread, which costs more than the questions do.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar, cast

from tortoise.fields.relational import ForeignKeyFieldInstance
from tortoise.models import Model

from clients.database import connection, for_sqlite, is_sqlite, rows
from clients.sqlite_immediate import in_our_words

M = TypeVar("M", bound=Model)


class Wanted(NamedTuple):
    """All rows of `model` whose `column` is `value`, in the order of the columns `by`.

    `beside` are relations that each row brings along, dotted where they go on: `("staff", "staff.body")`.
    """

    model: type[Model]
    column: str
    value: Any
    by: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


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


class Joined(NamedTuple):
    """A relation at the end of its path: `key` is the place of its own key in a row, empty where there is none."""

    name: str
    before: str
    columns: Columns[Any]
    key: int


class Selection(Generic[M]):
    """Rows of a model as `r`, and with them those of relations, as `r_` and their path."""

    __slots__ = ("_joined", "_own", "sql")

    def __init__(self, model: type[M], beside: tuple[str, ...]) -> None:
        self._own = Columns(model, alias="r")
        self._joined: dict[str, Joined] = {}
        holders: dict[str, type[Model]] = {"": model}
        tables, end = f'"{model._meta.db_table}" r', self._own.end
        for path in beside:
            before, _, name = path.rpartition(".")
            field = cast(ForeignKeyFieldInstance[Any], holders[before]._meta.fields_map[name])
            target = holders[path] = field.related_model
            key, alias = field.to_field_instance.model_field_name, _alias(path)
            columns = Columns(target, alias=alias, start=end)
            place = end + list(target._meta.fields_db_projection).index(key)
            self._joined[path] = Joined(name=name, before=before, columns=columns, key=place)
            end = columns.end
            column = target._meta.fields_db_projection[key]
            tables += (
                f' LEFT JOIN "{target._meta.db_table}" {alias}'
                f' ON {alias}."{column}" = {_alias(before)}."{field.source_field}"'
            )
        read = ", ".join([self._own.sql, *(each.columns.sql for each in self._joined.values())])
        self.sql = f"SELECT {read} FROM {tables}"

    def read(self, row: Sequence[Any]) -> M:
        made = self._own.read(row)
        found: dict[str, Any] = {"": made}
        for path, each in self._joined.items():
            found[path] = each.columns.read(row) if row[each.key] is not None else None
            if found[each.before] is not None:
                # where the ORM itself keeps what it has joined
                object.__setattr__(found[each.before], f"_{each.name}", found[path])
        return made


async def find_one(model: type[M], column: str, value: Any, *, beside: tuple[str, ...] = ()) -> M | None:
    """`column` is unique."""
    selection, sql = _statement(model, column, (), beside)
    found = await rows(sql, value)
    return selection.read(found[0]) if found else None


async def find_where(model: type[M], where: str, *values: Any, beside: tuple[str, ...] = ()) -> list[M]:
    """`where` is SQL over `r` and its relations, and may go on with an order."""
    selection = selected(model, beside)
    return [selection.read(row) for row in await rows(f"{selection.sql} WHERE {where}", *values)]


async def find_together(*wanted: Wanted) -> list[list[Any]]:
    """The rows of each, in the order asked for."""
    asked = [(*_statement(one.model, one.column, one.by, one.beside), one.value) for one in wanted]
    if not is_sqlite(connection()):
        found = await _on_one_connection([(sql, value) for _, sql, value in asked])
    else:
        found = await _in_one_trip([(sql, value) for _, sql, value in asked])
    return [
        [selection.read(row) for row in many] for (selection, _, _), many in zip(asked, found, strict=True)
    ]


async def _on_one_connection(asked: Iterable[tuple[str, Any]]) -> list[Sequence[Any]]:
    """Side by side on connections of their own they take longer: each is done before another has woken up.

    To borrow one anew for each costs as much as such a statement does.
    """
    async with connection().acquire_connection() as opened:
        return [await opened.fetch(sql, value) for sql, value in asked]


async def _in_one_trip(asked: Iterable[tuple[str, Any]]) -> list[Sequence[Any]]:
    def work(raw: sqlite3.Connection) -> list[Sequence[Any]]:
        return [raw.execute(for_sqlite(sql), (value,)).fetchall() for sql, value in asked]

    async with connection().acquire_connection() as opened:
        with in_our_words():
            # aiosqlite has no public way into its thread with more than one statement
            found: list[Sequence[Any]] = await opened._execute(work, opened._conn)
    return found


@lru_cache(maxsize=256)
def selected(model: type[M], beside: tuple[str, ...] = ()) -> Selection[M]:
    return Selection(model, beside)


@lru_cache(maxsize=256)
def _statement(
    model: type[M], column: str, by: tuple[str, ...], beside: tuple[str, ...]
) -> tuple[Selection[M], str]:
    selection = selected(model, beside)
    order = f" ORDER BY {', '.join(f'r.{name}' for name in by)}" if by else ""
    return selection, f'{selection.sql} WHERE r."{column}" = $1{order}'


def _alias(path: str) -> str:
    return "_".join(["r", *path.split(".")]) if path else "r"
