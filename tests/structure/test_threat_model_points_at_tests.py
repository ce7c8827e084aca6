"""Every line of the threat model names a test that is there."""

import ast
import re

import pytest

from tests.structure.tree import ROOT

PAGE = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
LINES = [
    line
    for line in PAGE.splitlines()
    if line.startswith("| ") and not line.startswith(("| taken |", "| who |"))
]


@pytest.mark.parametrize("file", sorted({file for file, _ in NAMED.findall(PAGE)}))
def test_every_named_test_is_there(file: str) -> None:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    there = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    named = {test for where, test in NAMED.findall(PAGE) if where == file}
    assert named <= there, named - there
    assert all(test.startswith("test_") for test in named)


def test_every_line_is_shown() -> None:
    assert len(LINES) > 30
    for line in LINES:
        shown_by = line.rstrip(" |").rpartition(" | ")[2]
        assert NAMED.search(shown_by), line
        assert shown_by.count("tests/") == len(NAMED.findall(shown_by)), line
