"""What an import is checked against: the organisation as it stands, or will stand once the files are in."""

from dataclasses import dataclass, field
from typing import NamedTuple

from organisation.sayings import Pair


class Place(NamedTuple):
    """A region; `level` is empty when its cell in the file cannot be read."""

    level: str
    parent: str


class Office(NamedTuple):
    """A body, as far as checks need it."""

    level: str
    region: str


class Use(NamedTuple):
    """What an entry code is for."""

    purpose: str
    area: str
    region: str


@dataclass(slots=True)
class Stored:
    """Keys are codes, usernames or telephones.

    `zone_of` holds active memberships (body → zone); `phone_of` the telephones of staff by username; `sayings` whether
    they are to count.
    """

    areas: set[str] = field(default_factory=set)
    regions: dict[str, Place] = field(default_factory=dict)
    bodies: dict[str, Office] = field(default_factory=dict)
    zones: dict[str, str] = field(default_factory=dict)
    zone_of: dict[str, str] = field(default_factory=dict)
    phone_of: dict[str, str] = field(default_factory=dict)
    liaisons: set[str] = field(default_factory=set)
    entries: dict[str, Use] = field(default_factory=dict)
    sayings: dict[Pair, bool] = field(default_factory=dict)

    def copy(self) -> "Stored":
        return Stored(
            areas=set(self.areas),
            regions=dict(self.regions),
            bodies=dict(self.bodies),
            zones=dict(self.zones),
            zone_of=dict(self.zone_of),
            phone_of=dict(self.phone_of),
            liaisons=set(self.liaisons),
            entries=dict(self.entries),
            sayings=dict(self.sayings),
        )

    def county_of(self, region: str) -> str:
        """The county that `region` is or lies in; empty for a city and for what is unknown."""
        for _ in range(5):
            place = self.regions.get(region)
            if place is None:
                return ""
            if place.level == "county":
                return region
            region = place.parent
        return ""
