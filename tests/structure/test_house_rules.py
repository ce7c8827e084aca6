"""The rules of the house that a machine can check."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.structure.tree import PACKED, ROOT, modules, parsed, shown

LONGEST_MODULE = 250
LONGEST_FUNCTION = 40
BANNED_NAMES = {"utils", "helpers", "common", "manager", "service", "misc"}
CHINESE = re.compile(r"[\u4e00-\u9fff]{2}")  # a single one belongs to a date or an amount
SPEAKING = {"texts.py", "notices.py", "terms.py", "choices.py", "errors.py"}
# what a command or an import says of a setting, a cell or a rule stands beside the check that says it
SPEAKING_BY_TRADE = {
    "settings.py",
    "organisation/importing/cells.py",
    "organisation/importing/tables.py",
    "routing/names.py",
    "routing/matching.py",
}
ADDRESSES = re.compile(
    "|".join(
        (
            "pypi" + r"\.org",
            "pythonho" + "sted",
            r"/wo" + "rk/",
            r"//cd" + r"n\.",
            "unp" + "kg",
            "jsdel" + "ivr",
        )
    )
)
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
TEXT_FILES = {
    ".py",
    ".toml",
    ".md",
    ".html",
    ".css",
    ".js",
    ".csv",
    ".txt",
    ".yml",
    ".example",
    ".lock",
    ".svg",
    "",
}


def tracked() -> Iterator[Path]:
    roots = [*PACKED, "tests", "docs", "bench", ".ci"]
    files = [
        ROOT / name
        for name in ("Makefile", "README.md", "CONTRIBUTING.md", "pyproject.toml", "requirements.lock")
    ]
    for name in roots:
        path = ROOT / name
        files += [path] if path.is_file() else sorted(each for each in path.rglob("*") if each.is_file())
    for file in files:
        if file.is_file() and "__pycache__" not in file.parts and file.suffix in TEXT_FILES:
            yield file


def test_no_module_is_longer_than_a_sitting() -> None:
    long = {shown(path): _lines(path) for path in modules() if _lines(path) > LONGEST_MODULE}
    assert long == {}


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_function_is_longer_than_a_page() -> None:
    long = []
    for path in modules():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                length = (node.end_lineno or 0) - body[0].lineno + 1 if body else 0
                if length > LONGEST_FUNCTION:
                    long.append(f"{shown(path)}:{node.name} {length}")
    assert long == []


def test_names_say_what_is_inside() -> None:
    assert [shown(path) for path in modules() if path.stem in BANNED_NAMES] == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [shown(path) for path in modules() if not ast.get_docstring(parsed(path)) and _lines(path) > 3]
    assert silent == []


def test_chinese_stands_only_where_it_is_looked_for() -> None:
    """In texts, in enum labels, in a refusal's own sentence and in what opens a docstring."""
    found = []
    for path in modules():
        if path.name in SPEAKING or shown(path) in SPEAKING_BY_TRADE:
            continue
        allowed = _docstrings(parsed(path)) | _sentences(parsed(path))
        for node in ast.walk(parsed(path)):
            if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
                continue
            if CHINESE.search(node.value) and id(node) not in allowed:
                found.append(f"{shown(path)}:{node.lineno} {node.value[:20]}")
    assert found == []


def _docstrings(tree: ast.Module) -> set[int]:
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def _sentences(tree: ast.Module) -> set[int]:
    """String constants within a class of a domain error, or handed to one that is raised."""
    homes: list[ast.AST] = [node for node in ast.walk(tree) if isinstance(node, ast.Raise)]
    homes += [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        and any(isinstance(line, ast.Assign) and _is_key(line) for line in node.body)
    ]
    return {id(inner) for home in homes for inner in ast.walk(home)}


def _is_key(line: ast.Assign) -> bool:
    return any(isinstance(target, ast.Name) and target.id == "key" for target in line.targets)


def test_broad_excepts_give_their_reason() -> None:
    """`except Exception` belongs to outermost loops, which say so on the line."""
    bare = []
    for path in modules():
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, start=1):
            if re.search(r"except (Base)?Exception\b|except:", line):
                around = " ".join(lines[number - 1 : number + 2])
                if "#" not in around:
                    bare.append(f"{shown(path)}:{number}")
    assert bare == []


@pytest.mark.parametrize("pattern", [ADDRESSES, UNFINISHED], ids=["addresses", "unfinished"])
def test_no_file_names_what_it_should_not(pattern: re.Pattern[str]) -> None:
    found = []
    for path in tracked():
        for number, line in enumerate(
            path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1
        ):
            if pattern.search(line):
                found.append(f"{shown(path)}:{number}")
    assert found == []


def test_a_key_names_one_kind_of_error() -> None:
    keys: dict[str, str] = {}
    for path in modules():
        for node in ast.walk(parsed(path)):
            if not isinstance(node, ast.ClassDef):
                continue
            for line in node.body:
                if isinstance(line, ast.Assign) and _is_key(line) and isinstance(line.value, ast.Constant):
                    assert keys.setdefault(line.value.value, node.name) == node.name, line.value.value
    assert len(keys) > 20
