"""New rows of several tables in one trip: the ORM would make a statement of each, at several times the cost."""

from functools import lru_cache
from typing import Any, cast

from tortoise.backends.sqlite.client import SqliteClient
from tortoise.models import Model

from clients.database import connection, is_sqlite, rows
from clients.sqlite_immediate import run_each


async def insert_together(*made: Model) -> None:
    """Inserts in the order given, in the running transaction; an id that the database gives is not read back."""
    database = connection()
    if is_sqlite(database):
        await run_each(
            cast(SqliteClient, database),
            [(_statement(type(one), 1).replace("$", "?"), _values(one)) for one in made],
        )
        return
    statements: list[str] = []
    values: list[Any] = []
    for one in made:
        statements.append(_statement(type(one), len(values) + 1))
        values += _values(one)
    parts = ", ".join(f"part{number} AS ({sql})" for number, sql in enumerate(statements[:-1]))
    await rows(f"WITH {parts} {statements[-1]}" if parts else statements[-1], *values)


@lru_cache(maxsize=256)
def _statement(model: type[Model], first: int) -> str:
    columns = _columns(model)
    places = ", ".join(f"${number}" for number in range(first, first + len(columns)))
    names = ", ".join(f'"{column}"' for _, column in columns)
    return f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({places})'


@lru_cache(maxsize=64)
def _columns(model: type[Model]) -> tuple[tuple[str, str], ...]:
    """Names of fields and columns, without an id that the database gives."""
    meta = model._meta
    generated = meta.pk_attr if meta.pk.generated else ""
    return tuple(pair for pair in meta.fields_db_projection.items() if pair[0] != generated)


def _values(row: Model) -> list[Any]:
    fields = row._meta.fields_map
    return [fields[name].to_db_value(getattr(row, name), row) for name, _ in _columns(type(row))]
