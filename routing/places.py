"""The bodies competent for one place, resolved once when the table is built."""

from dataclasses import dataclass

from routing.nodes import ZoneNode


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
    upward: tuple[str, str, str]
    """Where a matter goes when the township is out: zone's office, letters room, city."""
    from_township: tuple[str, str, str, str]
    """The township's body, then those."""
    divisions: tuple[str, ...]
    """Codes of township, county and city, as far as there are such."""
    is_recused: bool
    """Whether somebody must keep away from one of them."""
    villages: range
    """Where its villages stand among all (`RegionNodes.is_village_among`); empty for a county or city."""
