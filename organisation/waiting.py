"""Accounts that wait for confirmation, what was done with them, and who may not be the one to confirm."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tortoise.queryset import QuerySet

from access.viewer import Viewer
from models.organisation_change import OrganisationChange
from models.staff import Staff
from organisation.changes import names_of
from organisation.importing.accounts import CONFIRMED_ROLES
from organisation.kinds import KINDS, within
from organisation.reach import Reach

MOST = 100
LOOKED_THROUGH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """`differing` maps attributes to what they were when last confirmed and what they are; `hands` are names.

    `is_reissued` says that a password or a bind code was given anew.
    """

    person: Staff
    is_new: bool
    is_reissued: bool
    hands: Sequence[str]
    differing: dict[str, tuple[Any, Any]]
    may_settle: bool


async def waiting_accounts(reach: Reach, *, by: Viewer) -> Sequence[Waiting]:
    """Those within reach that can read nothing yet, at most a hundred."""
    if not reach.may_confirm:
        return []
    people = await _waiting(reach).order_by("body_id", "username").limit(MOST).select_related("body")
    histories = {person.id: await unconfirmed_changes(person.username) for person in people}
    names = await names_of({change.actor for changes in histories.values() for change in changes})
    return [_waiting_as(person, histories[person.id], names=names, by=by) for person in people]


async def count_waiting(reach: Reach) -> int:
    return await _waiting(reach).count() if reach.may_confirm else 0


def _waiting(reach: Reach) -> QuerySet[Staff]:
    return Staff.filter(
        within(KINDS["staff"], reach), confirmed_at__isnull=True, is_active=True, role__in=CONFIRMED_ROLES
    )


def _waiting_as(
    person: Staff, changes: Sequence[OrganisationChange], *, names: dict[str, str], by: Viewer
) -> Waiting:
    before = changes[-1].before if changes else None
    after = changes[0].after if changes else {}
    return Waiting(
        person=person,
        is_new=bool(changes) and before is None,
        is_reissued=any(not _differing(change.before, change.after) for change in changes),
        hands=sorted({names.get(change.actor, "") for change in changes}),
        differing=_differing(before, after) if before is not None else {},
        may_settle=is_independent(person, changes, by=by),
    )


def _differing(before: dict[str, Any] | None, after: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {
        name: ((before or {}).get(name), value)
        for name, value in after.items()
        if name != "confirmed_at" and (before or {}).get(name) != value
    }


def is_independent(person: Staff, changes: Sequence[OrganisationChange], *, by: Viewer) -> bool:
    """Neither the account itself nor whoever had a hand in it since it was last confirmed."""
    return person.id != by.staff_id and by.actor not in {change.actor for change in changes}


async def unconfirmed_changes(username: str) -> Sequence[OrganisationChange]:
    """Those of an account since its last confirmation, newest first."""
    newest = await OrganisationChange.filter(kind="staff", key=username).order_by("-id").limit(LOOKED_THROUGH)
    is_waiting = [change.after.get("confirmed_at") is None for change in newest]
    return newest[: is_waiting.index(False)] if False in is_waiting else newest
