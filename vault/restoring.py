"""A backup into an empty database of either kind and an empty media folder."""

import sqlite3
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import asyncpg
import orjson

from clients.database import migrate, sqlite_path
from clients.media import MediaStore
from clients.snapshot import Filling, Table, filling, from_plain, snapshot
from models.errors import DomainError
from vault.backing_up import FORMAT, Tally, look_through
from vault.parcel import frames
from vault.vault import Vault

APPLIED: Final = "SELECT name FROM tortoise_migrations WHERE app = 'models' ORDER BY name"
FIRST_ROWS: Final = ("staff", "region", "event", "report", "conversation")


class TargetNotEmpty(DomainError):
    key = "target-not-empty"
    message = "目标数据库不是空的，没有恢复。请把 MASHANG_DATABASE_URL 指向一个新建的空数据库，再运行一次。"


class BackupTooNew(DomainError):
    key = "backup-too-new"
    message = "这个备份是更新版本的程序做的，请先升级程序再恢复。"


async def restore(path: Path, *, url: str, vault: Vault, media: MediaStore, known: Sequence[str]) -> Tally:
    """Looks through the whole file first, then puts all of it in, or nothing; brings the schema up to date last.

    `known`: the migrations of this program. Raises `ParcelBroken`, `KeyUnknown`, `TargetNotEmpty`, `BackupTooNew`.
    """
    first, tally = look_through(path, vault=vault)
    if first["format"] != FORMAT or not set(first["migrations"]) <= set(known):
        raise BackupTooNew
    await _require_empty(url, migrations=first["migrations"])
    # rows go into the schema they were taken from; what came since is the migrations' to do
    is_current = first["migrations"] == list(known)
    await migrate(url, only=() if is_current else first["migrations"])
    async with filling(url) as into:
        await _fill(path, into, vault=vault, media=media, is_sqlite=sqlite_path(url) is not None)
    if not is_current:
        await migrate(url)
    return tally


async def _require_empty(url: str, *, migrations: list[str]) -> None:
    file = sqlite_path(url)
    if file is not None and not file.exists():
        return
    async with snapshot(url) as reading:
        try:
            applied = [name async for chunk in reading.rows(APPLIED) for (name,) in chunk]
        except (sqlite3.OperationalError, asyncpg.UndefinedTableError):
            return
    if applied and applied != migrations:
        raise TargetNotEmpty
    for table in FIRST_ROWS if applied else ():
        async with snapshot(url) as reading:
            async for _ in reading.rows(f'SELECT 1 FROM "{table}" LIMIT 1'):
                raise TargetNotEmpty


async def _fill(path: Path, into: Filling, *, vault: Vault, media: MediaStore, is_sqlite: bool) -> None:
    table: Table | None = None
    later: list[tuple[Any, ...]] = []
    for head, body in frames(path, vault=vault):
        if head["is"] in ("table", "media", "end") and table is not None:
            await _finish(table, later, into, is_sqlite=is_sqlite)
            table, later = None, []
        match head["is"]:
            case "table":
                described = {**head, "selfs": tuple(head["selfs"])}
                del described["is"]
                table = Table(**described)
            case "rows" if table is not None:
                given = orjson.loads(zlib.decompress(body))
                later += await _insert(table, given, into, is_sqlite=is_sqlite)
            case "media":
                await media.put(head["name"], body)


async def _insert(
    table: Table, given: list[list[Any]], into: Filling, *, is_sqlite: bool
) -> list[tuple[Any, ...]]:
    """Answers, for rows that point into their own table, where to: they may point to rows that come later."""
    names = list(table.columns)
    places = ", ".join(f"${number}" for number in range(1, len(names) + 1))
    columns = ", ".join(f'"{name}"' for name in names)
    own = [names.index(name) for name in table.selfs]
    values, later = [], []
    for row in given:
        made = [
            from_plain(value, kind, is_sqlite=is_sqlite)
            for value, kind in zip(row, table.columns.values(), strict=True)
        ]
        if any(made[index] is not None for index in own):
            later.append((made[0], *(made[index] for index in own)))
            for index in own:
                made[index] = None
        values.append(made)
    await into.insert(f'INSERT INTO "{table.name}" ({columns}) VALUES ({places})', values)
    return later


async def _finish(table: Table, later: list[tuple[Any, ...]], into: Filling, *, is_sqlite: bool) -> None:
    if later:
        key = next(iter(table.columns))
        parts = ", ".join(f'"{name}" = ${number}' for number, name in enumerate(table.selfs, start=2))
        await into.insert(f'UPDATE "{table.name}" SET {parts} WHERE "{key}" = $1', later)
    if table.counted and not is_sqlite:
        reset = f"""SELECT setval(pg_get_serial_sequence('"{table.name}"', '{table.counted}'),
          (SELECT max("{table.counted}") FROM "{table.name}"))"""
        await into.insert(reset, [()])
