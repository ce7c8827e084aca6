"""Who may import whom. import-linter checks the rooms; the three single modules are checked here."""

import os
import subprocess
import sys
from pathlib import Path

from tests.structure.tree import DOORS_OF_ALL, PACKED, PROJECT, ROOMS, ROOT, imported, modules, shown

ONLY_FOR_THE_START = {
    "app": {"cli.py", "commands"},
    "cli": set(),
    "settings": {"app.py", "cli.py", "commands"},
}


def test_the_contracts_of_the_rooms_are_kept() -> None:
    script = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", script, "--no-cache"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


def test_every_room_is_packed_and_has_its_place_in_the_layers() -> None:
    found = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "bench", "build"}
    assert found == set(ROOMS)
    assert set(PROJECT["tool"]["importlinter"]["root_packages"]) == set(ROOMS)
    layers = " ".join(PROJECT["tool"]["importlinter"]["contracts"][0]["layers"])
    assert set(ROOMS) - {name.strip("()") for name in layers.replace("|", " ").split()} == {
        "wechat_standin",
        "sample",
    }
    assert [name for name in PACKED if name.endswith(".py")] == DOORS_OF_ALL


def test_only_the_start_knows_settings_and_the_application() -> None:
    for path in modules():
        room = path.relative_to(ROOT).parts[0]
        for name, allowed in ONLY_FOR_THE_START.items():
            assert name not in imported(path) or room in allowed, f"{shown(path)} imports {name}"


def test_settings_stand_below_everything() -> None:
    own = {*ROOMS, "app", "cli"}
    assert imported(ROOT / "settings.py") & own == set()


def test_no_import_hides_in_a_function() -> None:
    for path in modules():
        text = path.read_text(encoding="utf-8").splitlines()
        hidden = [
            number
            for number, line in enumerate(text, start=1)
            if line.startswith((" ", "\t")) and line.lstrip().startswith(("import ", "from "))
        ]
        hidden = [number for number in hidden if not _is_guarded(text, number)]
        assert not hidden, f"{shown(path)}:{hidden}"


def _is_guarded(text: list[str], number: int) -> bool:
    """Words of a docstring, or under TYPE_CHECKING at the top of the module."""
    line = text[number - 1]
    if " import " not in line and not line.lstrip().startswith("import "):
        return True
    return any(before.startswith("if TYPE_CHECKING") for before in text[max(0, number - 6) : number])


def test_each_test_folder_mirrors_a_room() -> None:
    tests = {
        path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and any(path.glob("test_*.py"))
    }
    assert tests - set(ROOMS) <= {"structure", "journeys", "properties", "chaos"}, Path("tests")
