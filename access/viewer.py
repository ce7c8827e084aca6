"""Whoever looks: an account with its body, as the predicate needs it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """An active, confirmed account signed in with every factor its role asks for."""

    staff_id: int
    name: str
    role: str
    body_code: str
    body_name: str
    body_level: str
    room: str
    county_code: str
    known_since: int

    @property
    def actor(self) -> str:
        return f"staff:{self.staff_id}"
