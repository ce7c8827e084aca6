"""A place in words, and the telephone that answers for it."""

from dataclasses import dataclass

from models.choices import Purpose
from routing.table import RoutingTable


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceInWords:
    """`codes` and `names` run from the city down; `telephone` is empty when no responsible body has one.

    `hours` are that body's, in its words.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    telephone: str
    telephone_owner: str
    hours: str = ""


def place_in_words(table: RoutingTable, *, region_code: str, purpose: Purpose) -> PlaceInWords | None:
    """None when the region is unknown or no longer active."""
    codes = table.path(region_code)
    if not codes:
        return None
    place = table.place(region_code)
    # Complaints about discipline staff are answered where their own township cannot listen.
    nearest = (place.cadre,) if purpose is Purpose.CONDUCT else (place.township_body, place.letters)
    candidates = (table.bodies.get(code) for code in (*nearest, place.head, place.city_body))
    body = next((body for body in candidates if body and body.phone), None)
    return PlaceInWords(
        codes=codes,
        names=table.names_of(region_code),
        telephone=body.phone if body else "",
        telephone_owner=body.name if body else "",
        hours=body.hours if body else "",
    )
