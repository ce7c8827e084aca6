"""Whoever looks: an account with its body, as the predicate needs it."""

from dataclasses import dataclass

from access.bars import bar_index
from models.body import Body
from models.staff import Staff
from vault.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """An active, confirmed account signed in with every factor its role asks for.

    `own_bar` and `body_bar` are what a bar against the person, or against the whole body, is found by.
    """

    staff_id: int
    name: str
    role: str
    body_code: str
    body_name: str
    body_level: str
    room: str
    county_code: str
    known_since: int
    own_bar: str
    body_bar: str

    @property
    def actor(self) -> str:
        return f"staff:{self.staff_id}"


def viewer_of(staff: Staff, *, body: Body, county_code: str, vault: Vault) -> Viewer:
    """`body` is the one of `staff`; `county_code` is empty above the counties."""
    return Viewer(
        staff_id=staff.id,
        name=staff.name,
        role=str(staff.role),
        body_code=body.code,
        body_name=body.name,
        body_level=str(body.level),
        room=str(body.room),
        county_code=county_code,
        known_since=staff.known_since,
        own_bar=bar_index(f"staff:{staff.id}", vault=vault),
        body_bar=bar_index(f"body:{body.code}", vault=vault),
    )
