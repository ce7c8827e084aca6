"""The bodies competent for one place, resolved once when the table is built."""

from dataclasses import dataclass

from routing.names import NameIndex
from routing.nodes import BodyNode, CadreNode, LiaisonNode, ZoneNode


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """Who may be meant by a report of one county: its people and those of the city above it."""

    names: NameIndex
    bodies: tuple[tuple[str, BodyNode], ...]
    """Plain unit name and body, longest name first."""
    cadres: tuple[CadreNode, ...]
    liaisons: tuple[LiaisonNode, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """Codes of the bodies competent for a township, county or city; empty where there is none."""

    township: str
    county: str
    city: str
    township_body: str
    zone: ZoneNode | None
    office: str
    letters: str
    cadre: str
    head: str
    city_body: str
    scope: Scope

    @property
    def upward(self) -> tuple[str, str, str]:
        """Where a matter goes when the township is out: zone's office, letters room, city."""
        return (self.office, self.letters, self.city_body)
