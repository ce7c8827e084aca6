"""The schema in the models, in the migrations and in the database is one and the same."""

import ast

from tortoise import Tortoise
from tortoise.migrations.autodetector import MigrationAutodetector

from clients.database import MODEL_MODULES, orm_config
from tests.structure.tree import ROOT, parsed, shown

NOT_TABLES = {"__init__", "choices", "errors", "terms", "fields"}


async def test_every_change_of_a_model_has_its_migration() -> None:
    config = orm_config("sqlite://:memory:")
    context = await Tortoise.init(config=config, init_connections=False)
    try:
        assert context.apps is not None
        assert await MigrationAutodetector(context.apps, config["apps"]).changes() == []
    finally:
        await context.close_connections()


def test_every_table_is_known_to_the_database() -> None:
    files = {path.stem for path in (ROOT / "models").glob("*.py")} - NOT_TABLES
    assert files == set(MODEL_MODULES)


def test_a_model_opens_with_its_chinese_term_on_one_line() -> None:
    for name in MODEL_MODULES:
        path = ROOT / "models" / f"{name}.py"
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ClassDef) and any(_name(base) == "Model" for base in node.bases):
                opening = (ast.get_docstring(node) or "").splitlines()[0]
                assert "\u4e00" <= opening[:1] <= "\u9fff", f"{shown(path)}: {node.name}"
                # it becomes the table's comment, and migrations on SQLite split their script at semicolons
                assert ";" not in opening, f"{shown(path)}: {node.name}"


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""
