"""Who reported, where it was given: opened for one look at a time, and each look kept with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from clients.finding import find_where
from models.fields import new_id
from models.identity_look import IdentityLook
from models.report import Report
from vault.keys import DataKey


@dataclass(frozen=True, slots=True)
class Identity:
    name: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    name: str
    at: datetime
    reason: str


async def look(
    report: Report, *, key: DataKey, reason: str, staff_id: int, at: datetime
) -> tuple[Identity, str]:
    """The identity of a named report, and the id under which this look is kept."""
    look_id = new_id()
    sealed = key.seal_text(reason, place=f"identity_look:{look_id}:reason")
    await IdentityLook.create(
        id=look_id, report_id=report.id, staff_id=staff_id, sealed_reason=sealed, looked_at=at
    )
    kept = key.open_json(report.sealed_identity or b"", place=f"report:{report.id}:identity")
    return Identity(name=kept["name"], phone=kept["phone"]), look_id


async def looks_of(report: Report, *, key: DataKey, body: str) -> Sequence[Look]:
    """Of the people of this body, the latest first: who had it before is not the present owner's to know."""
    asked = "r.report_id = $1 AND r_staff.body_id = $2 ORDER BY r.looked_at DESC, r.id DESC"
    return [
        Look(
            name=each.staff.name,
            at=each.looked_at,
            reason=key.open_text(bytes(each.sealed_reason), place=f"identity_look:{each.id}:reason"),
        )
        for each in await find_where(IdentityLook, asked, report.id, body, beside=("staff",))
    ]
