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
from tortoise.migrations.schema_editor.sqlite import SqliteSchemaEditor
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


class LosingEditor(SqliteSchemaEditor):
    """A table that was made anew has lost its indexes until the end, when those that should be there are made."""

    def _drop_index_sql(self, model: type[Model], index_name: str) -> str:
        return super()._drop_index_sql(model, index_name).replace("DROP INDEX", "DROP INDEX IF EXISTS", 1)


class Shapes(StateApps):
    """Models that only give their columns: to make the filters of their queries anew took a third of the time."""

    def _build_initial_querysets(self) -> None:
        for models in self.apps.values():
            for model in models.values():
                if model._meta._inited:
                    model._meta.finalise_fields()
                    model._meta._generate_db_fields()
                    model._meta._resolve_index_expressions()


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
        kept = state.apps
        shapes = Shapes(default_connections=kept._default_connections, connections=kept._connections)
        return Growing(models=state.models, apps=shapes.clone(model_states=state.models))

    def _schema_editor(self, atomic: bool = True, collect_sql: bool = False) -> BaseSchemaEditor:
        if self.connection.capabilities.dialect == "postgres":
            return FillingEditor(self.connection, atomic=atomic, collect_sql=collect_sql)
        return LosingEditor(self.connection, atomic=atomic, collect_sql=collect_sql)
