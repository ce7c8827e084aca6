"""No pinned version is one of which a fault is known, by the snapshot in `advisories.json`; without a network."""

import re
from collections.abc import Iterator

import pytest

from tests.structure.advisories import Advisory, known
from tests.structure.test_dependencies_are_accounted_for import LOCK, locked, plain

AS_OF, ADVISORIES = known()
VERSIONS = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==([^\s;]+)", re.M)


def faults(lock: str) -> Iterator[str]:
    for name, version in VERSIONS.findall(lock):
        for one in ADVISORIES:
            if one.package == plain(name) and one.concerns(version):
                yield f"{name} {version}: {one.id} {' '.join(one.aliases)}"


def test_no_pinned_version_has_a_known_fault() -> None:
    assert {plain(name) for name, _ in VERSIONS.findall(LOCK)} == set(locked())
    assert list(faults(LOCK)) == [], f"known since {AS_OF}"


def test_the_snapshot_is_about_what_is_pinned_and_would_find_it() -> None:
    assert len(ADVISORIES) > 50 and {one.package for one in ADVISORIES} <= set(locked())
    # request smuggling, fixed in 3.9.2; a session fixation and more in an old flask; code run by a crafted YAML
    for old in ("aiohttp==3.9.1", "Flask==2.2.4", "pillow==10.0.0", "pyyaml==5.3"):
        assert list(faults(LOCK.replace(f"{old.split('==')[0].lower()}==", f"{old} \\\nwas=="))), old


@pytest.mark.parametrize(
    ("version", "is_concerned"),
    [
        ("0.7", True),
        ("0.8", False),
        ("1.9", False),
        ("2.0", True),
        ("2.0.post1", True),
        ("2.1", False),
        ("3.0rc1", False),
        ("3.4", True),
        ("3.5", False),
        ("5.0", True),
        ("9", True),
    ],
)
def test_ranges_begin_and_end_where_they_say(version: str, is_concerned: bool) -> None:
    ranges = [
        {"introduced": "2.0", "fixed": "2.1"},
        {"introduced": "3.0", "last_affected": "3.4"},
        {"introduced": "5.0"},
    ]
    one = Advisory(id="A", package="a", aliases=[], ranges=ranges, versions=["0.7.0"])
    assert one.concerns(version) is is_concerned
