"""Accounts that wait for confirmation, and codes that tie a phone to an account."""

import secrets
from collections.abc import Sequence
from typing import Any

from tortoise.transactions import in_transaction

from access.viewer import Viewer
from models.liaison import Liaison
from models.organisation_change import OrganisationChange
from models.staff import Staff
from organisation.credentials import bind_code_index, make_password
from organisation.editing import change_row
from organisation.errors import NotConfirmable, RowNotFound
from organisation.house import House
from organisation.importing.accounts import CONFIRMED_ROLES
from organisation.importing.journal import Journal, as_kept
from organisation.kinds import KINDS, Kind, row_of, within
from organisation.live import raise_version
from organisation.reach import Reach
from vault.log import record

MOST = 100


async def waiting_accounts(reach: Reach) -> Sequence[Staff]:
    """Those within reach that can read nothing yet, at most a hundred."""
    if not reach.may_confirm:
        return []
    waiting = Staff.filter(
        within(KINDS["staff"], reach), confirmed_at__isnull=True, is_active=True, role__in=CONFIRMED_ROLES
    )
    return await waiting.order_by("body_id", "username").limit(MOST).select_related("body")


async def confirm(username: str, *, reach: Reach, by: Viewer, house: House) -> None:
    """Raises `RowNotFound`, or `NotConfirmable` for one's own account and for what one changed oneself.

    What is open is matched against the account before it is shown anything (`access.predicate`).
    """
    await _settle(username, reach=reach, by=by, house=house, is_welcome=True)


async def refuse(username: str, *, reach: Reach, by: Viewer, house: House) -> None:
    """The account is put out of use; raises as `confirm`."""
    await _settle(username, reach=reach, by=by, house=house, is_welcome=False)


async def _settle(username: str, *, reach: Reach, by: Viewer, house: House, is_welcome: bool) -> None:
    at = house.clock.now()
    async with in_transaction():
        version = await raise_version(at=at)
        person = await Staff.filter(within(KINDS["staff"], reach), username=username).first()
        if person is None or not person.is_active or person.confirmed_at is not None:
            raise RowNotFound
        if not reach.may_confirm or not await _is_independent(person, by=by):
            raise NotConfirmable
        before = as_kept(person)
        if is_welcome:
            person.confirmed_at, person.known_since = at, version
        else:
            person.is_active = False
        await person.save(update_fields=["confirmed_at", "known_since", "is_active"])
        journal = Journal()
        journal.note(person, before=before)
        await journal.keep(version=version, by=by.actor, at=at)
        action = "account.confirm" if is_welcome else "account.refuse"
        await record(action, by=by.actor, at=at, object_id=f"staff:{person.id}")
    await house.coordination.wake("organisation")
    await house.organisation.refresh()


async def _is_independent(person: Staff, *, by: Viewer) -> bool:
    """Neither the account itself nor whoever made or last changed it."""
    last = await OrganisationChange.filter(kind="staff", key=person.username).order_by("-id").first()
    return person.id != by.staff_id and (last is None or last.actor != by.actor)


async def new_bind_code(kind: Kind, key: str, *, reach: Reach, by: Viewer, house: House) -> str:
    """Shown once, opens once; whoever was bound until now is so no longer. Raises `RowNotFound`.

    What comes to a handler's phone is for whoever answers for the body to give, not for an operator.
    """
    is_ours = kind.model is Liaison or (kind.model is Staff and reach.may_confirm)
    person: Any = await row_of(kind, reach, key=key) if is_ours else None
    if person is None or not person.phone:
        raise RowNotFound
    code, at = f"{secrets.randbelow(10**6):06}", house.clock.now()
    async with in_transaction():
        person.bind_code_index = bind_code_index(code, vault=house.vault)
        person.openid_index = person.sealed_openid = None
        await person.save(update_fields=["bind_code_index", "openid_index", "sealed_openid"])
        await raise_version(at=at)
        who = "staff" if kind.model is Staff else "liaison"
        await record("account.bind-code", by=by.actor, at=at, object_id=f"{who}:{person.id}")
    await house.coordination.wake("organisation")
    return code


async def new_password(key: str, *, reach: Reach, by: Viewer, house: House) -> str:
    """Shown once; the account is signed out and waits for confirmation, or whoever resets it could read with it.

    Raises `RowNotFound`.
    """
    password = make_password()
    await change_row(KINDS["staff"], key, {"password": password}, reach=reach, by=by, house=house)
    return password
