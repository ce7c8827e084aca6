"""What is known of faults in the packages that are pinned: a snapshot, read without a network, and made anew.

`python -m tests.structure.advisories CLONE` writes the snapshot from a clone of the PyPA advisory database. Ids,
versions and dates only, of packages of our names; its data are under CC-BY 4.0.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from packaging.utils import canonicalize_name
from packaging.version import Version

SNAPSHOT: Final = Path(__file__).with_suffix(".json")
SOURCE: Final = "PyPA advisory database, https://github.com/pypa/advisory-database"
LICENSE: Final = "CC-BY 4.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Advisory:
    """`ranges` as OSV gives them: what begins at "introduced" ends before "fixed" or with "last_affected"; without
    an end it goes on. `versions` are those named one by one, where there is no range.
    """

    id: str
    package: str
    aliases: list[str]
    ranges: list[dict[str, str]]
    versions: list[str]

    def concerns(self, version: str) -> bool:
        pinned = Version(version)
        named = any(Version(each) == pinned for each in self.versions)
        return named or any(_is_within(pinned, one) for one in self.ranges)


def _is_within(version: Version, between: Mapping[str, str]) -> bool:
    if version < Version(between["introduced"]):
        return False
    if "fixed" in between:
        return version < Version(between["fixed"])
    return "last_affected" not in between or version <= Version(between["last_affected"])


def known() -> tuple[str, list[Advisory]]:
    """The day of the snapshot, and what it holds."""
    kept = json.loads(SNAPSHOT.read_text("utf-8"))
    return kept["as_of"], [Advisory(**one) for one in kept["advisories"]]


def read(clone: Path, *, names: set[str]) -> Iterator[Advisory]:
    """Those about packages of these canonical names that were not withdrawn."""
    import yaml

    for folder in sorted((clone / "vulns").iterdir()):
        if canonicalize_name(folder.name) not in names:
            continue
        for path in sorted(folder.glob("*.yaml")):
            # versions stay as written: "1.10" is no number
            told = yaml.load(path.read_text("utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506 - makes text and lists only
            if "withdrawn" not in told:
                yield from _told(told)


def _told(told: Mapping[str, Any]) -> Iterator[Advisory]:
    for part in told["affected"]:
        ranges: list[dict[str, str]] = []
        for one in part.get("ranges", ()):
            if one["type"] == "ECOSYSTEM":
                for event in one["events"]:
                    if "introduced" in event:
                        ranges.append({"introduced": event["introduced"]})
                    else:
                        ranges[-1] |= event
        yield Advisory(
            id=told["id"],
            package=canonicalize_name(part["package"]["name"]),
            aliases=sorted(told.get("aliases", ())),
            ranges=ranges,
            versions=[] if ranges else part.get("versions", []),
        )


def main(clone: Path) -> None:
    from tests.structure.test_dependencies_are_accounted_for import locked

    day = ["git", "-C", str(clone), "log", "-1", "--format=%cs"]
    as_of = subprocess.run(day, check=True, capture_output=True, text=True).stdout.strip()
    found = [
        {name: getattr(one, name) for name in Advisory.__slots__} for one in read(clone, names=set(locked()))
    ]
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in found)
    head = json.dumps({"source": SOURCE, "license": LICENSE, "as_of": as_of})
    SNAPSHOT.write_text(f'{head[:-1]}, "advisories": [\n{lines}\n]}}\n', "utf-8")
    print(f"{len(found)} advisories as of {as_of}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
