"""SQLite may refuse at the commit what it took at the statement; callers know tortoise's errors only."""

from pathlib import Path

import pytest
from tortoise.exceptions import IntegrityError, OperationalError
from tortoise.transactions import in_transaction

from clients.database import connection, opened, rows
from tests.conftest import Templates

AREA = "INSERT INTO area (code, name, department, words, sort, is_active) VALUES ($1, $1, '', '', 0, 1)"


@pytest.fixture
async def url(templates: Templates, tmp_path: Path) -> str:
    return await templates.sqlite_copy(tmp_path, is_sampled=True)


async def areas(code: str) -> int:
    return len(await rows("SELECT 1 FROM area WHERE code = $1", code))


async def test_a_refused_commit_keeps_nothing_and_leaves_no_transaction_behind(url: str) -> None:
    async with opened(url):
        with pytest.raises(IntegrityError):
            async with in_transaction():
                # as a disk that fills up does, it takes every statement and refuses at the end
                await connection().execute_query("PRAGMA defer_foreign_keys = ON")
                await rows(AREA, "kept-never")
                await rows(
                    "UPDATE entry_code SET area_id = 'nowhere' WHERE code = (SELECT min(code) FROM entry_code)"
                )
        async with in_transaction():
            await rows(AREA, "kept")
        assert (await areas("kept-never"), await areas("kept")) == (0, 1)


async def test_a_transaction_that_was_undone_under_a_savepoint_says_why(url: str) -> None:
    async with opened(url):
        with pytest.raises(OperationalError, match="full"):
            async with in_transaction(), in_transaction():
                await rows(AREA, "kept-never")
                # what SQLite does by itself when the disk is full
                await rows("ROLLBACK")
                raise OperationalError("database or disk is full")
        assert await areas("kept-never") == 0
