"""A transaction on SQLite that reads and then writes has the write lock from its beginning."""

import sqlite3
from pathlib import Path

import pytest
from tortoise.transactions import in_transaction

from clients.database import opened, rows
from models.area import Area
from tests.conftest import Templates


async def test_nobody_writes_between_reading_and_writing(templates: Templates, tmp_path: Path) -> None:
    async with opened(await templates.sqlite_copy(tmp_path, is_sampled=True)):
        other = sqlite3.connect(tmp_path / "mashang.db", timeout=0, isolation_level=None)
        async with in_transaction():
            before = await Area.get(code="education")
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("UPDATE area SET sort = 77 WHERE code = 'health'")
            # one that had only begun to read would be refused here, however long it is willing to wait
            await Area.filter(code="education").update(sort=before.sort + 1)
        other.execute("UPDATE area SET sort = 77 WHERE code = 'health'")
        other.close()
        assert (await rows("SELECT sort FROM area WHERE code = 'education'"))[0]["sort"] == before.sort + 1
