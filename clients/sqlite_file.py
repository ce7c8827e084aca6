"""A look at SQLite's file before the ORM opens it."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from models.errors import DomainError


class DatabaseBroken(DomainError):
    key = "database-broken"
    message = "数据库文件打不开或者已经损坏，请检查 MASHANG_DATABASE_URL，或者用备份恢复。"


def make_private(path: Path) -> None:
    """Nobody else's on this machine, whatever the umask; SQLite gives its log the modes of the file."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)


def require_readable(path: Path) -> None:
    """Raises `DatabaseBroken` for what is there and is no database.

    The ORM's migrator would wait for ever: what it opened in vain leaves a thread behind that never ends.
    """
    if not path.exists():
        return
    try:
        with closing(sqlite3.connect(path)) as database:
            database.execute("PRAGMA schema_version")
    except sqlite3.DatabaseError as exc:
        raise DatabaseBroken from exc
