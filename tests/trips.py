"""Trips to the database, counted."""

from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest

from clients.database import connection


def noted_trips(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A mark for each time that somebody takes the connection: in a transaction that runs, its own."""
    taken: list[str] = []
    kind = type(connection())
    whole = kind.acquire_connection

    def noting(self: Any) -> AbstractAsyncContextManager[Any]:
        taken.append("trip")
        return whole(self)

    monkeypatch.setattr(kind, "acquire_connection", noting)
    return taken
