"""One matter opened for decision: everything a rule may look at, worked out once."""

from typing import NamedTuple

from routing.authority import Reading, read
from routing.conflicts import Conflicts, find_conflicts
from routing.facts import Facts
from routing.matching import Match, match_people
from routing.places import Place
from routing.subjects import About, about_discipline
from routing.table import RoutingTable

_NOBODY: frozenset[str] = frozenset()


class Case(NamedTuple):
    """`reading` says how high the matter counts, `conflicts` who is out before any rule runs.

    `named_in_words` are those of them who are out for nothing but a name or post in the words of the report.
    """

    facts: Facts
    table: RoutingTable
    place: Place
    abouts: tuple[About, ...]
    reading: Reading
    conflicts: Conflicts
    named_in_words: frozenset[str] = _NOBODY

    @property
    def has_zone_office(self) -> bool:
        """Whether the place lies in a zone whose office exists, free or not."""
        office = self.table.bodies.get(self.place.office)
        return office is not None and office.is_active


def open_case(facts: Facts, table: RoutingTable) -> Case:
    place = table.place(facts.region_code)
    matches: tuple[Match, ...] = ()
    abouts: tuple[About, ...] = ()
    # most matters name nobody, and a decision costs microseconds
    if facts.subject is not None or facts.text:
        matches = match_people(facts, table)
        abouts = about_discipline(facts, table, place, matches)
    conflicts = find_conflicts(facts, table, place, matches, abouts)
    reading = read(facts, matches, abouts)
    named = _named_in_words(matches, conflicts) if matches else _NOBODY
    return Case(facts, table, place, abouts, reading, conflicts, named)


def _named_in_words(matches: tuple[Match, ...], conflicts: Conflicts) -> frozenset[str]:
    words = (match for match in matches if not match.is_subject)
    return frozenset(m.who for m in words if conflicts.people.get(m.who) == m.reason)
