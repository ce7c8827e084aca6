"""Who may be meant by a report of one county: its people and bodies, and those of the city above it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from routing import texts
from routing.indexes import by_key
from routing.liaisons import Liaisons
from routing.names.index import Entry, NameIndex
from routing.nodes import BodyNode, CadreNode, LiaisonNode, RecusalNode, StaffNode
from routing.places import Place
from routing.regions import RegionTree
from routing.wording import plain, plain_unit

_SHORTEST_SPECIFIC_POST = 3
_SHORTEST_STEM = 4


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """Names of one county and of its city, ready to be looked for."""

    names: NameIndex
    bodies: tuple[tuple[str, BodyNode], ...]
    """Plain unit name and body, longest name first."""
    bodies_by_stem: tuple[tuple[str, BodyNode], ...]
    """The same names without the county's, where they still tell the body."""
    villages: tuple[tuple[str, str], ...]
    """Names, without their last character, and codes of the villages that somebody is registered for."""
    cadres: Mapping[str, tuple[CadreNode, ...]]
    liaisons: Mapping[str, tuple[LiaisonNode, ...]]

    def cadres_of(self, region_code: str) -> tuple[CadreNode, ...]:
        """Cadres registered for that very region."""
        return self.cadres.get(region_code, ())

    def liaisons_of(self, village_code: str) -> tuple[LiaisonNode, ...]:
        return self.liaisons.get(village_code, ())


class Scopes:
    """One `Scope` a county, made when it is first asked for: most counties of a country have no report today."""

    __slots__ = ("_bodies", "_cadres", "_liaison_rows", "_liaisons", "_made", "_others", "_staff", "_tree")

    def __init__(
        self,
        *,
        tree: RegionTree,
        bodies: Mapping[str, BodyNode],
        staff: Mapping[str, StaffNode],
        liaisons: Liaisons,
        cadres: Iterable[CadreNode],
        recusals: Iterable[RecusalNode],
    ) -> None:
        def home(region_code: str) -> str:
            """The county a region lies in, else its city: the unit in which names are looked for."""
            return tree.above(region_code, "county") or tree.above(region_code, "city") or ""

        homes = {code: home(body.region_code) for code, body in bodies.items()}
        self._tree = tree
        self._made: dict[tuple[str, str], Scope] = {}
        self._bodies = by_key(bodies.values(), lambda body: homes[body.code])
        self._staff = by_key(staff.values(), lambda person: homes.get(person.body_code, ""))
        self._cadres = by_key(cadres, lambda cadre: home(cadre.region_code))
        self._liaisons, self._liaison_rows = liaisons, liaisons.by_home(home)
        strange = by_key(liaisons.kept, lambda person: home(person.village_code))

        def home_of(who: str) -> str:
            if who.startswith("body:"):
                return homes.get(who.removeprefix("body:"), "")
            if who in staff:
                return homes.get(staff[who].body_code, "")
            return home(liaisons[who].village_code) if who in liaisons else ""

        self._others: dict[str, list[Entry]] = defaultdict(list)
        for place, people in strange.items():
            self._others[place].extend(Entry(_kept(person.name), person) for person in people)
        for recusal in recusals:
            if recusal.from_kind == "person":
                self._others[home_of(recusal.who)].append(Entry(plain(recusal.from_value), recusal))
            elif recusal.from_kind == "body" and recusal.from_value in bodies:
                word = plain(bodies[recusal.from_value].name)
                self._others[home_of(recusal.who)].append(Entry(word, recusal, "unit"))

    def of(self, place: Place) -> Scope:
        homes = (place.county or place.city, place.city)
        found = self._made.get(homes)
        if found is None:
            found = self._made[homes] = self._make(homes)
        return found

    def _make(self, homes: tuple[str, str]) -> Scope:
        unique = dict.fromkeys(homes)
        named = [(plain_unit(body.name), body) for home in unique for body in self._bodies.get(home, ())]
        named.sort(key=lambda pair: (-len(pair[0]), pair[1].code))
        inside = [entry for home in unique for entry in self._entries(home)]
        people = dict.fromkeys(entry.node for entry in inside)
        cadres = by_key((node for node in people if isinstance(node, CadreNode)), lambda one: one.region_code)
        liaisons = by_key(
            (node for node in people if isinstance(node, LiaisonNode)), lambda one: one.village_code
        )
        return Scope(
            names=NameIndex(inside),
            bodies=tuple(named),
            bodies_by_stem=tuple(_stems(named)),
            villages=tuple(self._villages({*cadres, *liaisons})),
            cadres=cadres,
            liaisons=liaisons,
        )

    def _entries(self, home: str) -> Iterator[Entry]:
        for member in self._staff.get(home, ()):
            yield Entry(_kept(member.name), member)
        for liaison in self._liaisons.at(self._liaison_rows.get(home, ())):
            yield Entry(_kept(liaison.name), liaison)
        for cadre in self._cadres.get(home, ()):
            yield from _cadre_entries(cadre)
        yield from self._others.get(home, ())

    def _villages(self, codes: Iterable[str]) -> Iterator[tuple[str, str]]:
        for code in sorted(codes):
            node = self._tree.nodes.get(code)
            if node is not None and node.level == "village":
                name = plain(node.name)
                stem = texts.VILLAGE_ENDING.sub("", name)
                yield (stem if len(stem) > 1 else name, code)


def _stems(named: Iterable[tuple[str, BodyNode]]) -> Iterator[tuple[str, BodyNode]]:
    for name, body in named:
        stem = re.sub(texts.COUNTY_BEFORE, "", name)
        if len(stem) >= _SHORTEST_STEM:
            yield (stem, body)


def _cadre_entries(cadre: CadreNode) -> Iterator[Entry]:
    yield Entry(_kept(cadre.name), cadre)
    for alias in cadre.aliases:
        yield Entry(_kept(alias), cadre, "alias")
    post = plain(cadre.post)
    if len(post) >= _SHORTEST_SPECIFIC_POST and post not in texts.GENERIC_POSTS:
        yield Entry(_kept(post, cadre.post), cadre, "post")
    if cadre.unit and post:
        yield Entry(plain(cadre.unit) + post, cadre, "post")


def _kept(name: str, known: str = "") -> str:
    """The plain spelling; the very string of the row where they are the same, to keep it once."""
    known = known or name
    spelled = plain(name)
    return known if spelled == known else spelled
