"""Migrations on PostgreSQL as on SQLite: a new column fills the rows that are there with its default.

tortoise-orm writes `ADD COLUMN … NOT NULL` without one, which any row refuses.
"""

from functools import cached_property
from typing import Any

from tortoise.fields.base import Field
from tortoise.migrations.executor import MigrationExecutor, MigrationTarget
from tortoise.migrations.graph import MigrationKey
from tortoise.migrations.schema_editor.base import BaseSchemaEditor
from tortoise.migrations.schema_editor.base_postgres import BasePostgresSchemaEditor
from tortoise.migrations.schema_generator.state import ModelState, State
from tortoise.migrations.schema_generator.state_apps import StateApps
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


class Earlier(State):
    """The models before a change, rendered when somebody looks: adding tables, columns and indexes needs none of them.

    Rendered at every change, they made a schema of 60 tables take twice as long.
    """

    def __init__(self, models: dict[tuple[str, str], ModelState], apps: StateApps) -> None:
        self.models = models
        self._later = apps

    @cached_property
    def apps(self) -> StateApps:  # type: ignore[override]
        return self._later.clone(model_states=self.models)


class Growing(State):
    def clone(self) -> State:
        return Earlier({key: model.clone() for key, model in self.models.items()}, self.apps)


class SchemaChanges(MigrationExecutor):
    async def forward(self, names: tuple[str, ...] = ()) -> None:
        """All of them, or those named."""
        targets = [MigrationTarget(app_label="models", name=name) for name in names]
        await self.migrate(targets or None, direction="forward")

    async def _project_state(self, applied: set[MigrationKey], *, upto: MigrationKey | None = None) -> State:
        state = await super()._project_state(applied, upto=upto)
        return Growing(models=state.models, apps=state.apps)

    def _schema_editor(self, atomic: bool = True, collect_sql: bool = False) -> BaseSchemaEditor:
        if self.connection.capabilities.dialect == "postgres":
            return FillingEditor(self.connection, atomic=atomic, collect_sql=collect_sql)
        return super()._schema_editor(atomic=atomic, collect_sql=collect_sql)
