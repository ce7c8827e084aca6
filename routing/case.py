"""One matter opened for decision: everything a rule may look at, worked out once."""

from dataclasses import dataclass

from routing.authority import Reading, read
from routing.conflicts import Conflicts, find_conflicts
from routing.facts import Facts
from routing.matching import match_people
from routing.places import Place
from routing.subjects import About, about_discipline
from routing.table import RoutingTable


@dataclass(frozen=True, slots=True)
class Case:
    """`reading` says how high the matter counts, `conflicts` who is out before any rule runs."""

    facts: Facts
    table: RoutingTable
    place: Place
    abouts: tuple[About, ...]
    reading: Reading
    conflicts: Conflicts


def open_case(facts: Facts, table: RoutingTable) -> Case:
    place = table.place(facts.region_code)
    matches = match_people(facts, table)
    abouts = about_discipline(facts, table, place, matches)
    conflicts = find_conflicts(facts, table, place, matches, abouts)
    return Case(facts, table, place, abouts, read(facts, matches, abouts), conflicts)
