"""Two column kinds that read the same on SQLite and PostgreSQL."""

import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from tortoise.fields import BigIntField, CharField
from tortoise.models import Model

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_millis(at: datetime) -> int:
    """Milliseconds since 1970 UTC; `at` must be aware."""
    delta = at - EPOCH
    return (delta.days * 86_400 + delta.seconds) * 1000 + delta.microseconds // 1000


def from_millis(millis: int) -> datetime:
    seconds, rest = divmod(millis, 1000)
    return EPOCH + timedelta(seconds=seconds, microseconds=rest * 1000)


class InstantField(BigIntField):
    """An aware UTC datetime kept as milliseconds since 1970.

    Datetimes are text on SQLite and sort wrongly when offsets differ; an integer sorts the same in both
    databases and in hand-written SQL.
    """

    def to_db_value(self, value: Any, instance: type[Model] | Model) -> int | None:
        if value is None or isinstance(value, int):
            return value
        return to_millis(value)

    def to_python_value(self, value: Any) -> Any:
        if value is None or isinstance(value, datetime):
            return value
        return from_millis(value)


def new_id() -> str:
    """128 random bits as 22 URL-safe characters; made before the row, since sealing binds values to it."""
    return secrets.token_urlsafe(16)


class RandomIdField(CharField[str]):
    """Primary key that tells neither order nor number of rows."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 22)
        kwargs.setdefault("primary_key", True)
        kwargs.setdefault("default", new_id)
        super().__init__(**kwargs)
