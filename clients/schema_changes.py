"""Migrations on PostgreSQL as on SQLite: a new column fills the rows that are there with its default.

tortoise-orm writes `ADD COLUMN … NOT NULL` without one, which any row refuses.
"""

from typing import Any

from tortoise.fields.base import Field
from tortoise.migrations.executor import MigrationExecutor, MigrationTarget
from tortoise.migrations.schema_editor.base import BaseSchemaEditor
from tortoise.migrations.schema_editor.base_postgres import BasePostgresSchemaEditor
from tortoise.models import Model


class FillingEditor(BasePostgresSchemaEditor):
    async def add_field(self, model: type[Model], field_name: str) -> None:
        field: Field[Any] = model._meta.fields_map[field_name]
        if field.null or field.has_db_default() or field.default is None or callable(field.default):
            await super().add_field(model, field_name)
            return
        unset = field.db_default
        field.db_default = field.default
        try:
            await super().add_field(model, field_name)
        finally:
            field.db_default = unset
        table, column = model._meta.db_table, field.source_field or field_name
        # new rows bring their own value: a column without one is a mistake to be seen
        await self._run_sql(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" DROP DEFAULT')


class SchemaChanges(MigrationExecutor):
    async def forward(self, names: tuple[str, ...] = ()) -> None:
        """All of them, or those named."""
        targets = [MigrationTarget(app_label="models", name=name) for name in names]
        await self.migrate(targets or None, direction="forward")

    def _schema_editor(self, atomic: bool = True, collect_sql: bool = False) -> BaseSchemaEditor:
        if self.connection.capabilities.dialect == "postgres":
            return FillingEditor(self.connection, atomic=atomic, collect_sql=collect_sql)
        return super()._schema_editor(atomic=atomic, collect_sql=collect_sql)
