"""New rows of models as writes, and several tables' in one trip: the ORM would make a statement of each.

Who makes such rows does it by `Model.construct`: values are taken as given, at half of what looking at each costs.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

from tortoise.fields.base import Field
from tortoise.models import Model

from clients.writes import Write, appended, write

Convert = Callable[[Any, Model], Any]


class _Column(NamedTuple):
    """`field` names it in the code; `convert` is None where both databases take what the code has."""

    field: str
    name: str
    kind: str
    convert: Convert | None


def inserts(*made: Model) -> list[Write]:
    """A write for each table, in the order of the first of its rows; an id that the database gives is left out."""
    rows: dict[type[Model], list[list[Any]]] = {}
    for one in made:
        rows.setdefault(type(one), []).append(_values(one))
    return [
        appended(model._meta.db_table, {column.name: column.kind for column in _columns(model)}, values)
        for model, values in rows.items()
    ]


async def insert_together(*made: Model) -> None:
    """In the running transaction, if there is one; an id that the database gives is not read back."""
    await write(*inserts(*made))


@lru_cache(maxsize=64)
def _columns(model: type[Model]) -> tuple[_Column, ...]:
    meta = model._meta
    generated = meta.pk_attr if meta.pk.generated else ""
    return tuple(
        _Column(field, name, _kind(meta.fields_map[field]), _convert(meta.fields_map[field]))
        for field, name in meta.fields_db_projection.items()
        if field != generated
    )


def _kind(field: Field[Any]) -> str:
    """On PostgreSQL. Without a length: a cast would cut what is too long, where storing it is refused."""
    kind: str = field.get_for_dialect("postgres", "SQL_TYPE")
    return kind.partition("(")[0]


def _convert(field: Field[Any]) -> Convert | None:
    return None if type(field).to_db_value is Field.to_db_value else field.to_db_value


def _values(row: Model) -> list[Any]:
    return [
        value if convert is None else convert(value, row)
        for value, convert in ((getattr(row, column.field), column.convert) for column in _columns(type(row)))
    ]
