"""Reads the labelled reports and counts how the matcher does, kind by kind."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from routing.facts import Facts, Subject
from routing.matching import match_people
from routing.nodes import BodyNode, CadreNode, LiaisonNode, RecusalNode, StaffNode
from routing.table import RoutingTable

HERE = Path(__file__).parent
FILES = {"tuned": HERE / "tuned.txt", "held out": HERE / "held_out.txt"}


@dataclass(frozen=True)
class Case:
    kind: str
    line: int
    facts: Facts
    meant: frozenset[str]


@dataclass
class Count:
    right: int = 0
    missed: int = 0
    false: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.false) if self.right + self.false else 1.0


def read_cases(file: Path, table: RoutingTable) -> Iterator[Case]:
    places = {
        node.name: code for code, node in table.tree.nodes.items() if node.level in ("village", "township")
    }
    for line, row in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if not row.strip() or row.startswith("#"):
            continue
        kind, place, text, meant, *more = (part.strip() for part in row.split(" | "))
        subject = Subject(*more[0].split("/")) if more else None
        level = more[1] if len(more) > 1 else "unknown"
        names = frozenset() if meant == "-" else frozenset(meant.split(","))
        yield Case(
            kind, line, Facts(region_code=places[place], text=text, subject=subject, level=level), names
        )


def label_of(node: object, table: RoutingTable, ambiguous: frozenset[str]) -> str:
    """The name; with the place where the organisation has several of that name."""
    assert isinstance(node, BodyNode | StaffNode | LiaisonNode | CadreNode)
    if node.name not in ambiguous or isinstance(node, BodyNode):
        return node.name
    if isinstance(node, StaffNode):
        return f"{node.name}@{table.bodies[node.body_code].name}"
    region = node.village_code if isinstance(node, LiaisonNode) else node.region_code
    return f"{node.name}@{table.tree.nodes[region].name}"


def count(file: Path, table: RoutingTable) -> dict[str, Count]:
    """By kind, and under "all"; one pair for every name expected or found."""
    people = [*table.staff.values(), *table.liaisons.values(), *table.cadres]
    names = [person.name for person in people]
    ambiguous = frozenset(name for name in names if names.count(name) > 1)
    counts: dict[str, Count] = defaultdict(Count)
    for case in read_cases(file, table):
        matches = [m for m in match_people(case.facts, table) if not isinstance(m.node, RecusalNode)]
        found = {label_of(match.node, table, ambiguous) for match in matches}
        for name in found | case.meant:
            for each in (counts[case.kind], counts["all"]):
                if name in found and name in case.meant:
                    each.right += 1
                else:
                    side = "missed" if name in case.meant else "false"
                    setattr(each, side, getattr(each, side) + 1)
                    why = next((m.reason for m in matches if m.node.name == name.partition("@")[0]), "")
                    each.wrong.append(f"{case.line} {case.kind} {side} {name} {why} | {case.facts.text}")
    return counts
