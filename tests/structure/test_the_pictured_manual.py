"""What the manual of each role names stands in the product, its steps count, and its pictures are there, few and small.

That each step works as written is walked by `docs/take_manual.py`, which needs minutes and is run when pages change.
"""

import re

from tests.structure.tree import ROOT

MANUAL = ROOT / "docs" / "manual"
PAGES = {path.name: path.read_text("utf-8") for path in sorted(MANUAL.glob("*.md"))}
ROLES = {name: text for name, text in PAGES.items() if name != "README.md"}
SAID_IN = (
    "console/templates/**/*.html",
    "console/**/texts.py",
    "console/static/*.js",
    "miniapp_api/web/*.html",
    "miniapp_api/web/*.js",
    "qrcodes/templates/*.html",
    "qrcodes/texts.py",
    "bot/texts.py",
    "models/choices.py",
    "organisation/kinds.py",
    "organisation/importing/*.py",
    "wechat_standin/templates/phone.html",
)
MOST_BYTES, MOST_OF_ALL = 60_000, 4_000_000


def said() -> str:
    return "\n".join(path.read_text("utf-8") for each in SAID_IN for path in sorted(ROOT.glob(each)))


def test_what_is_named_stands_in_the_product() -> None:
    words = said()
    missing = []
    for name, text in ROLES.items():
        for named in re.findall("「([^」]+)」", text):
            shape = ".*".join(re.escape(part) for part in named.split("…"))
            if not re.search(rf"""(?:^|[>"'}}%\s]){shape}""", words, re.M):
                missing.append(f"{name}：「{named}」")
    assert not missing
    assert sum(text.count("「") for text in ROLES.values()) > 100


def test_the_steps_of_a_role_are_numbered_through() -> None:
    for name, text in ROLES.items():
        numbers = [int(each) for each in re.findall(r"^### (\d+)\. ", text, re.M)]
        assert numbers == list(range(1, len(numbers) + 1)) and numbers, name
        assert f"({name})" in PAGES["README.md"]


def test_every_picture_is_shown_once_and_small() -> None:
    shown = [each for text in ROLES.values() for each in re.findall(r"\]\(pictures/([^)]+)\)", text)]
    there = {path.name: path.stat().st_size for path in (MANUAL / "pictures").iterdir()}
    assert sorted(shown) == sorted(there)
    assert max(there.values()) <= MOST_BYTES and sum(there.values()) <= MOST_OF_ALL
