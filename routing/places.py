"""The bodies competent for one place, resolved once when the table is built."""

from dataclasses import dataclass

from routing.nodes import ZoneNode


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """Codes of the bodies competent for a township, county or city; empty where there is none.

    What every decision looks at stands first, so that it lies together in memory.
    """

    township: str
    county: str
    from_township: tuple[str, str, str, str]
    """The township's body, then `upward`."""
    villages: int
    """Bit n is set where a village of the township ends in the three digits n (`RegionNodes.villages_of`)."""
    is_recused: bool
    """Whether somebody must keep away from township, county or city."""
    city: str
    township_body: str
    zone: ZoneNode | None
    office: str
    letters: str
    cadre: str
    head: str
    city_body: str
    upward: tuple[str, str, str]
    """Where a matter goes when the township is out: zone's office, letters room, city."""
    divisions: tuple[str, ...]
    """Codes of township, county and city, as far as there are such."""
