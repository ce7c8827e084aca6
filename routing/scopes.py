"""Who may be meant by a report of one county: its people and bodies, and those of the city above it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from routing import texts
from routing.names import Entry, NameIndex
from routing.nodes import BodyNode, CadreNode, LiaisonNode, RecusalNode, StaffNode
from routing.places import Place
from routing.regions import RegionTree
from routing.wording import plain, plain_unit

_SHORTEST_SPECIFIC_POST = 3


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """Names of one county and of its city, ready to be looked for."""

    names: NameIndex
    bodies: tuple[tuple[str, BodyNode], ...]
    """Plain unit name and body, longest name first."""
    cadres: tuple[CadreNode, ...]
    liaisons: tuple[LiaisonNode, ...]


class Scopes:
    """One `Scope` a county, made when it is first asked for: most counties of a country have no report today."""

    __slots__ = ("_bodies", "_entries", "_made")

    def __init__(
        self,
        *,
        tree: RegionTree,
        bodies: Iterable[BodyNode],
        staff: Iterable[StaffNode],
        liaisons: Iterable[LiaisonNode],
        cadres: Iterable[CadreNode],
        recusals: Iterable[RecusalNode],
    ) -> None:
        self._bodies: dict[str, list[BodyNode]] = defaultdict(list)
        self._entries: dict[str, list[Entry]] = defaultdict(list)
        self._made: dict[tuple[str, str], Scope] = {}
        homes: dict[str, str] = {}
        names: dict[str, str] = {}
        for body in bodies:
            home = _home(tree, body.region_code)
            homes[f"body:{body.code}"] = home
            names[body.code] = body.name
            self._bodies[home].append(body)
        for member in staff:
            homes[member.key] = homes.get(f"body:{member.body_code}", "")
            self._entries[homes[member.key]].append(Entry(plain(member.name), member))
        for liaison in liaisons:
            homes[liaison.key] = _home(tree, liaison.village_code)
            self._entries[homes[liaison.key]].append(Entry(plain(liaison.name), liaison))
        for cadre in cadres:
            self._entries[_home(tree, cadre.region_code)].extend(_cadre_entries(cadre))
        for recusal in recusals:
            if recusal.from_kind == "person":
                self._entries[homes.get(recusal.who, "")].append(Entry(plain(recusal.from_value), recusal))
            elif recusal.from_kind == "body" and recusal.from_value in names:
                word = plain(names[recusal.from_value])
                self._entries[homes.get(recusal.who, "")].append(Entry(word, recusal))

    def of(self, place: Place) -> Scope:
        homes = (place.county or place.city, place.city)
        found = self._made.get(homes)
        if found is None:
            found = self._made[homes] = self._make(homes)
        return found

    def _make(self, homes: tuple[str, str]) -> Scope:
        unique = dict.fromkeys(homes)
        named = [(plain_unit(body.name), body) for home in unique for body in self._bodies.get(home, ())]
        inside = [entry for home in unique for entry in self._entries.get(home, ())]
        people = dict.fromkeys(entry.node for entry in inside)
        return Scope(
            names=NameIndex(inside),
            bodies=tuple(sorted(named, key=lambda pair: (-len(pair[0]), pair[1].code))),
            cadres=tuple(node for node in people if isinstance(node, CadreNode)),
            liaisons=tuple(node for node in people if isinstance(node, LiaisonNode)),
        )


def _home(tree: RegionTree, region_code: str) -> str:
    """The county a region lies in, else its city: the unit in which names are looked for."""
    return tree.above(region_code, "county") or tree.above(region_code, "city") or ""


def _cadre_entries(cadre: CadreNode) -> Iterator[Entry]:
    for name in (cadre.name, *cadre.aliases):
        yield Entry(plain(name), cadre)
    post = plain(cadre.post)
    if len(post) >= _SHORTEST_SPECIFIC_POST and post not in texts.GENERIC_POSTS:
        yield Entry(post, cadre, is_post=True)
    if cadre.unit and post:
        yield Entry(plain(cadre.unit) + post, cadre, is_post=True)
