"""The database: opening, migrating, and hand-written SQL that reads the same on SQLite and PostgreSQL."""

import fcntl
import re
import shutil
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import asyncpg
import orjson
from tortoise import Tortoise
from tortoise.backends.base.client import BaseDBAsyncClient, TransactionalDBClient
from tortoise.backends.base.executor import EXECUTOR_CACHE
from tortoise.connection import get_connection
from tortoise.exceptions import DBConnectionError, OperationalError
from tortoise.transactions import in_transaction

from clients.schema_changes import SchemaChanges
from clients.sqlite_file import make_private, require_readable
from models.errors import DomainError

MODEL_MODULES = """
    api_draft api_session area attachment body cadre case_record conversation decision disclosure
    draft_piece entry_code event figures holiday idempotency identity_look inbox liaison liaison_task log_anchor
    log_check message organisation_change organisation_version outbox past_report periodic_task
    photo_mark poster_doubt poster_job poster_round poster_sighting poster_style privacy_guide
    quarterly_feedback quota_spent recovery_code
    recusal recusal_request referral region reply_template report report_bar retention_plan
    retention_rule saved_filter saying scan_count sealing_key shelved specialist staff staff_draft staff_session
    subscription
    survey zone
""".split()
POOL_SIZE = 12
# What is committed is safe in the log at once. It goes into the file later than usual, when a page has changed many
# times (rows under random keys lie everywhere), and the log keeps its length, which would be synced each time too.
SQLITE_PRAGMAS = {
    "busy_timeout": 15_000,
    "synchronous": "FULL",
    "wal_autocheckpoint": 4_000,
    "journal_size_limit": 32 * 1024 * 1024,
    "cache_size": -32 * 1024,
    # what was deleted is overwritten, not only forgotten
    "secure_delete": "ON",
}
MIGRATION_LOCK = 7262001
LIST = re.compile(r"in_list\((\$\d+)\)")
LOCKING = re.compile(r"FOR (?:NO KEY )?UPDATE(?: OF \w+)?(?: SKIP LOCKED)?")


class DatabaseGone(DomainError):
    key = "database-gone"
    message = "连不上数据库，请检查 MASHANG_DATABASE_URL 和数据库是否在运行。"


def sqlite_path(url: str) -> Path | None:
    """The file of a `sqlite://` address (relative after two slashes, absolute after three), else None."""
    if not url.startswith("sqlite://"):
        return None
    return Path(url.removeprefix("sqlite://").split("?")[0])


def orm_config(url: str) -> dict[str, Any]:
    return {
        "connections": {"default": _connection(url)},
        "apps": {
            "models": {
                "models": [f"models.{name}" for name in MODEL_MODULES],
                "default_connection": "default",
                "migrations": "models.migrations",
            }
        },
        "use_tz": True,
        "timezone": "UTC",
    }


def _connection(url: str) -> dict[str, Any]:
    path = sqlite_path(url)
    if path is not None:
        credentials = {"file_path": str(path), **SQLITE_PRAGMAS}
        return {"engine": "clients.sqlite_immediate", "credentials": credentials}
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    return {
        "engine": "clients.postgres_whole",
        "credentials": {
            "host": unquote(parts.hostname or options.get("host", "")) or None,
            "port": parts.port or 5432,
            "user": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "database": parts.path.lstrip("/"),
            "minsize": 1,
            "maxsize": POOL_SIZE,
            "schema": options.get("schema"),
        },
    }


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[None]:
    """Opens the database for this process and closes it again.

    Raises `DatabaseGone` when it cannot be reached, `DatabaseBroken` when the file is no database.
    """
    path = sqlite_path(url)
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        require_readable(path)
        make_private(path)
    # statements are remembered by connection name, in the words of the database opened before
    EXECUTOR_CACHE.clear()
    context = await Tortoise.init(config=orm_config(url), _enable_global_fallback=True)
    try:
        try:
            await connection().execute_query("SELECT 1")
        except (DBConnectionError, OperationalError, OSError) as exc:
            raise DatabaseGone from exc
        yield
    finally:
        await context.close_connections()


async def migrate(url: str, *, only: Sequence[str] = ()) -> None:
    """Brings the schema up to date, one migrator at a time; safe to repeat. Raises as `opened` does.

    `only` names the migrations of an earlier day, in their order, where the schema of that day is wanted.

    On SQLite the file is copied first, until it is done, and foreign keys are off meanwhile: a rebuilt table would
    otherwise take its children's rows with it.
    """
    path = sqlite_path(url)
    if path is None:
        await _migrate_postgres(url, only=only)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    lock_file = path.with_suffix(".migrating")
    with lock_file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        require_readable(path)
        copy = path.with_suffix(path.suffix + ".before-migration")
        make_private(path)
        make_private(copy)
        shutil.copyfile(path, copy)
        config = orm_config(url)
        config["connections"]["default"]["credentials"]["foreign_keys"] = "OFF"
        await _apply(config, only=only)
        if not only:
            await _check_sqlite(config)
        # what is cut or destroyed from now on must not be left in it
        copy.unlink()


async def _apply(config: dict[str, Any], *, only: Sequence[str]) -> None:
    await Tortoise.init(config=config, init_connections=False)
    try:
        await SchemaChanges(connection(), config["apps"]).forward(tuple(only))
    finally:
        # what opened them does not close them
        await Tortoise.close_connections()


async def _check_sqlite(config: dict[str, Any]) -> None:
    context = await Tortoise.init(config=config, _enable_global_fallback=True)
    try:
        await Tortoise.generate_schemas(safe=True)
        broken = await connection().execute_query_dict("PRAGMA foreign_key_check")
        if broken:
            raise DatabaseGone("数据库升级后外键不一致，已停止；升级前的备份在同一文件夹。")
    finally:
        await context.close_connections()


async def _migrate_postgres(url: str, *, only: Sequence[str]) -> None:
    try:
        guard = await asyncpg.connect(url)
    except (OSError, asyncpg.PostgresError) as exc:
        raise DatabaseGone from exc
    try:
        # others wait here: migrating has no lock of its own
        await guard.execute(f"SELECT pg_advisory_lock({MIGRATION_LOCK})")
        await _apply(orm_config(url), only=only)
    finally:
        await guard.close()


def connection() -> BaseDBAsyncClient:
    """The current connection: the running transaction's, if there is one."""
    return get_connection("default")


def one_transaction() -> AbstractAsyncContextManager[Any]:
    """The running transaction, else one of its own: for what is refused only before it writes anything.

    Within another, `in_transaction` sets a savepoint, at two trips, for what may have to be undone alone.
    """
    is_running = isinstance(connection(), TransactionalDBClient)
    return nullcontext() if is_running else in_transaction()


def is_sqlite(database: BaseDBAsyncClient) -> bool:
    return database.capabilities.dialect == "sqlite"


async def rows(sql: str, *values: Any, using: BaseDBAsyncClient | None = None) -> Sequence[Any]:
    """Runs SQL written with `$1` placeholders; rows answer to column names.

    `column in_list($2)` takes a list made by `text_list`; row locks are dropped on SQLite, where a transaction
    is alone anyway.
    """
    database = using or connection()
    return (await database.execute_query(_dialect(sql, database), list(values)))[1]


async def changed(sql: str, *values: Any, using: BaseDBAsyncClient | None = None) -> int:
    """As `rows`, but answers how many rows the statement touched."""
    database = using or connection()
    return (await database.execute_query(_dialect(sql, database), list(values)))[0]


def _dialect(sql: str, database: BaseDBAsyncClient) -> str:
    return for_sqlite(sql) if is_sqlite(database) else _for_postgres(sql)


@lru_cache(maxsize=512)
def for_sqlite(sql: str) -> str:
    sql = LIST.sub(r"IN (SELECT value FROM json_each(\1))", sql)
    return LOCKING.sub("", sql).replace("$", "?")


@lru_cache(maxsize=512)
def _for_postgres(sql: str) -> str:
    return LIST.sub(r"= ANY(\1)", sql)


def text_list(values: Iterable[str], *, using: BaseDBAsyncClient | None = None) -> Any:
    """A list as one parameter for `in_list($n)`."""
    database = using or connection()
    return orjson.dumps(list(values)).decode() if is_sqlite(database) else list(values)
