"""Whether the database has been brought to the schema of this program."""

from pathlib import Path

from asyncpg.exceptions import PostgresError
from tortoise.exceptions import OperationalError

from clients.database import orm_config, rows
from models import migrations
from models.errors import DomainError

# for `make migration`: the models are all that is looked at, so any database will do
FOR_MIGRATIONS = orm_config("sqlite://:memory:")


class SchemaOld(DomainError):
    key = "schema-old"
    message = "数据库还没有升级到这个版本，请先运行 mashang migrate。"


async def require_current_schema() -> None:
    """Raises `SchemaOld`; a database of a newer program passes, so that processes can be replaced one by one."""
    try:
        applied = await rows("SELECT name FROM tortoise_migrations WHERE app = 'models'")
    except (OperationalError, PostgresError):
        raise SchemaOld from None
    if not set(known_migrations()) <= {row["name"] for row in applied}:
        raise SchemaOld


def known_migrations() -> list[str]:
    """Of this program, in their order."""
    return sorted(path.stem for path in Path(str(migrations.__file__)).parent.glob("[0-9]*.py"))
