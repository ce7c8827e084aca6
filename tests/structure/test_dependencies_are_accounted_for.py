"""What is installed is pinned, wanted by somebody and explained; rules of security have no blanket exception."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

from tests.structure.tree import ROOT, modules, parsed

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
DECISIONS = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "docs" / "decisions").glob("0*.md")))
PINNED = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==\S+(?: ;[^\\\n]+)? \\\n((?:    .+\n?)+)", re.M)
COMES_WITH = {"asyncpg", "markupsafe"}
"""The extra of tortoise-orm, and what Jinja2's own interface is made of."""


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def named(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9_.-]+", requirement)
    assert found
    return plain(found[0])


def direct() -> set[str]:
    project = PROJECT["project"]
    asked = [
        *project["dependencies"],
        *(one for part in project["optional-dependencies"].values() for one in part),
    ]
    return {named(each) for each in asked}


def locked() -> dict[str, str]:
    """Name → hashes and who wanted it."""
    return {plain(name): rest for name, rest in PINNED.findall(LOCK)}


def test_everything_is_pinned_by_hash_and_from_nowhere_in_particular() -> None:
    names = re.findall(r"^([A-Za-z0-9_.-]+)", LOCK, re.M)
    assert {plain(name) for name in names} == set(locked())
    assert len(names) > 50
    for name, rest in locked().items():
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", rest), name
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links|git\+", LOCK)


def test_nothing_is_installed_that_nobody_wants() -> None:
    wanted = {name: wanted_by(rest) for name, rest in locked().items()}
    waiting = [name for name, by in wanted.items() if "mashang" in by]
    assert set(waiting) == direct()
    reached = set()
    while waiting:
        name = waiting.pop()
        reached.add(name)
        waiting += [each for each, by in wanted.items() if name in by and each not in reached]
    assert reached == set(wanted)


def wanted_by(rest: str) -> set[str]:
    return {plain(who) for who in re.findall(r"# +(?:via )?([\w.-]+)", rest)}


def test_each_dependency_of_ours_is_explained() -> None:
    told = plain(DECISIONS)
    assert [
        name for name in sorted(direct()) if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w])", told)
    ] == []


def test_what_is_imported_was_asked_for() -> None:
    """Not by way of another package, which may drop it."""
    known, ours = (
        packages_distributions(),
        {path.relative_to(ROOT).parts[0].removesuffix(".py") for path in modules()},
    )
    missing = set()
    for path in modules():
        for node in ast.walk(parsed(path)):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            names += (
                [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []
            )
            for name in {each.split(".")[0] for each in names} - ours - sys.stdlib_module_names:
                if not {plain(each) for each in known.get(name, [])} & (direct() | COMES_WITH):
                    missing.add(name)
    assert missing == set()


def test_rules_of_security_have_no_blanket_exception() -> None:
    rules = PROJECT["tool"]["ruff"]["lint"]
    assert "S" in rules["select"]
    assert not [code for code in rules["ignore"] if code.startswith("S") and code[1:2].isdigit()]
    given = {
        path: [code for code in codes if re.fullmatch(r"S\d*", code)]
        for path, codes in rules["per-file-ignores"].items()
    }
    assert not [path for path, codes in given.items() if any(len(code) < 4 for code in codes)]
    # for whole folders only where nothing of it runs in service
    assert {path for path, codes in given.items() if codes and "*" in path} <= {
        "tests/**",
        "docs/**",
        "bench/**",
    }
    unexplained = re.compile(r"# noqa(?!: [A-Z]+\d+(?:, [A-Z]+\d+)* -)")
    blanket = [
        f"{path.relative_to(ROOT)}" for path in modules() if unexplained.search(path.read_text("utf-8"))
    ]
    assert blanket == []
