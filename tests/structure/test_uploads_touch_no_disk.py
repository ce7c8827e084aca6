"""What people send lies unsealed in no temporary file: one reader takes uploads, into memory, for every door."""

import ast
from pathlib import Path

from tests.structure.tree import imported, modules, parsed, shown

# it reads what is urlencoded, into memory, and leaves every multipart body to `intake.uploads`
MAY_POST = {"console/forms.py"}
# the stand-in knows nothing of the product
MAY_TAKE_APART = {"intake/uploads.py": {"MultipartReader"}, "wechat_standin/uploaded.py": {"multipart"}}
# counters of the processes
MAY_USE_FILES = {"commands/supervising.py"}


def _called(path: Path) -> set[str]:
    """Names of what is called; `post` only where nothing is given to it, as of a request."""
    names = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            names |= {name} if name != "post" or not (node.args or node.keywords) else set()
    return names


def test_no_door_lets_aiohttp_keep_files() -> None:
    called = {shown(path): _called(path) for path in modules()}
    assert {name for name, calls in called.items() if "post" in calls} == MAY_POST
    taken = {name: calls & {"multipart", "MultipartReader"} for name, calls in called.items()}
    assert {name: calls for name, calls in taken.items() if calls} == MAY_TAKE_APART
    forms = next(path for path in modules() if shown(path) in MAY_POST)
    assert "if request.content_type == MULTIPART else await _posted(request)" in forms.read_text("utf-8")


def test_nothing_else_of_ours_opens_a_temporary_file() -> None:
    using = {shown(path) for path in modules() if "tempfile" in imported(path)}
    assert using == MAY_USE_FILES
    assert not [shown(path) for path in modules() if "write_only=True" in path.read_text(encoding="utf-8")]
