"""What the reach alone does not settle: what a change of one row would let somebody do or see (docs/decisions/0011)."""

from collections.abc import Mapping
from typing import Any, Final

from access.viewer import Viewer
from models.choices import Role
from models.recusal import Recusal
from models.staff import Staff
from organisation.errors import FixedForGood, OwnRecusal, RoleOutOfReach
from organisation.house import House
from organisation.importing.records import Record
from organisation.kinds import Kind
from organisation.reach import Reach
from vault.log import record

BEYOND_A_BODY: Final = (Role.OPERATOR, Role.APPROVER)
"""They act for a whole county or city: whoever could make one, or sign in as one, would do so too."""


def require_may(kind: Kind, wanted: Record, *, stored: Any | None, reach: Reach) -> None:
    """Raises `RoleOutOfReach`, or `FixedForGood` where an undoing would move what a form holds fixed."""
    if kind.model is Staff:
        roles = {wanted.text("role"), str(stored.role) if stored else ""}
        if reach.body and roles.intersection(BEYOND_A_BODY):
            raise RoleOutOfReach
    if stored is not None:
        now = kind.values(stored)
        if any(wanted.text(column) != now[column] for column in kind.fixed):
            raise FixedForGood


def is_lifting(row: Any, wanted: Mapping[str, str]) -> bool:
    return isinstance(row, Recusal) and row.is_active and wanted["active"] != "yes"


async def has_second(row: Recusal, *, by: Viewer, house: House) -> bool:
    """Whoever lifts a recusal lets somebody see more: two people must ask for it, one after the other.

    The first is noted and must be kept. Raises `OwnRecusal` for whom the row keeps away.
    """
    if row.staff_id == by.staff_id or row.body_id == by.body_code:
        raise OwnRecusal
    if row.removal_asked_by not in ("", by.actor):
        await Recusal.filter(id=row.id).update(removal_asked_by="")
        return True
    await Recusal.filter(id=row.id).update(removal_asked_by=by.actor)
    await record("recusal.ask-removal", by=by.actor, at=house.clock.now(), object_id=f"recusal:{row.id}")
    return False
