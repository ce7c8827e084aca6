"""Accounts confirmed, refused and made to wait; passwords, and codes that tie a phone to an account."""

import secrets
from typing import Any

from tortoise.transactions import in_transaction

from access.predicate import READERS
from access.viewer import Viewer
from models.liaison import Liaison
from models.staff import Staff
from models.staff_session import StaffSession
from organisation.credentials import bind_code_index, make_password
from organisation.editing import change_row, tell
from organisation.errors import NotConfirmable, PhoneMissing, RoleOutOfReach, RowNotFound
from organisation.house import House
from organisation.importing.accounts import CONFIRMED_ROLES
from organisation.importing.journal import Journal, as_kept
from organisation.kinds import KINDS, Kind, row_of, within
from organisation.live import hold_version, raise_version
from organisation.reach import Reach
from organisation.waiting import is_independent, unconfirmed_changes
from vault.log import record


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
        changes = await unconfirmed_changes(person.username)
        if not reach.may_confirm or not is_independent(person, changes, by=by):
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
    await tell(house)


async def withdraw(person: Staff, *, undoes: int | None = None, by: Viewer, house: House) -> None:
    """The account waits again and is signed out. Call inside a transaction that holds the version."""
    at = house.clock.now()
    version, before = await raise_version(at=at), as_kept(person)
    person.confirmed_at, person.known_since = None, version
    await person.save(update_fields=["confirmed_at", "known_since"])
    await StaffSession.filter(staff_id=person.id).delete()
    journal = Journal(undoes=undoes)
    journal.note(person, before=before)
    await journal.keep(version=version, by=by.actor, at=at)
    await record("account.wait", by=by.actor, at=at, object_id=f"staff:{person.id}")


async def new_bind_code(kind: Kind, key: str, *, reach: Reach, by: Viewer, house: House) -> str:
    """Shown once, opens once; whoever was bound until now is so no longer. Raises `RowNotFound` or
    `PhoneMissing`.

    What comes to the phone is for whoever answers for the people to give, not for an operator. An account that can
    read waits again: the alerts would come to a phone that one person alone has chosen.
    """
    code, at = f"{secrets.randbelow(10**6):06}", house.clock.now()
    async with in_transaction():
        await hold_version()
        person: Any = await row_of(kind, reach, key=key) if may_bind(kind, reach) else None
        if person is None:
            raise RowNotFound
        if not person.phone:
            raise PhoneMissing
        if kind.model is Staff and reach.body and person.role not in READERS:
            raise RoleOutOfReach
        person.bind_code_index = bind_code_index(code, vault=house.vault)
        person.openid_index = person.sealed_openid = None
        await person.save(update_fields=["bind_code_index", "openid_index", "sealed_openid"])
        if kind.model is Staff and person.role in CONFIRMED_ROLES:
            await withdraw(person, by=by, house=house)
        else:
            journal = Journal()
            journal.note(person, before=as_kept(person))
            await journal.keep(version=await raise_version(at=at), by=by.actor, at=at)
        who = "staff" if kind.model is Staff else "liaison"
        await record("account.bind-code", by=by.actor, at=at, object_id=f"{who}:{person.id}")
    await tell(house)
    return code


def may_bind(kind: Kind, reach: Reach) -> bool:
    return reach.may_confirm and kind.model in (Liaison, Staff)


async def new_password(key: str, *, reach: Reach, by: Viewer, house: House) -> str:
    """Shown once; the account is signed out and waits for confirmation, or whoever resets it could read with it.

    Raises `RowNotFound`.
    """
    password = make_password()
    await change_row(KINDS["staff"], key, {"password": password}, reach=reach, by=by, house=house)
    return password
