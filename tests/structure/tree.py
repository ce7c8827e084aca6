"""The source tree as the structural tests read it."""

import ast
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKED = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]
ROOMS = [name for name in PACKED if not name.endswith(".py")]
DOORS_OF_ALL = ["app.py", "cli.py", "settings.py"]


def modules() -> Iterator[Path]:
    """Every module of the product; migrations are generated."""
    for name in PACKED:
        path = ROOT / name
        found = [path] if path.suffix == ".py" else sorted(path.rglob("*.py"))
        yield from (each for each in found if "migrations" not in each.parts)


@lru_cache(maxsize=1024)
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> set[str]:
    """Top-level names that a module imports."""
    names: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return {name.split(".")[0] for name in names}


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))
