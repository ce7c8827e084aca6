"""Signing in: the password, then for some a one-time code; each step answers with a new cookie."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import pyotp
from tortoise.transactions import in_transaction

from clients.database import changed
from console import texts
from console.errors import AccountNotConfirmed, CodeRefused, SignInRefused
from console.one_time_codes import STEP_SECONDS, step_of
from console.recovery_codes import is_used_since, make_codes, use_code
from console.sessions import (
    Session,
    begin_session,
    end_session,
    enrolment_place,
    is_confirmed,
    needs_code,
)
from models.staff import Staff
from organisation.credentials import hash_password, is_password, open_totp_secret, seal_totp_secret
from organisation.house import House
from vault.log import record

HASHES_AT_ONCE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """`token` is the new cookie; `recovery_codes` are those of a second factor just set up, to be shown now.

    `tells_of_use`: a recovery code opened this, or was used since the account's last one-time code.
    """

    token: str
    recovery_codes: Sequence[str]
    tells_of_use: bool


class PasswordCheck:
    """Argon2 in threads, few at a time; an unknown name takes as long as a known one."""

    def __init__(self) -> None:
        self._room = asyncio.Semaphore(HASHES_AT_ONCE)
        self._nobody = ""

    async def holds(self, password: str, *, of: str | None) -> bool:
        """`of` is the stored hash, None for an account that is not there."""
        async with self._room:
            if not self._nobody:
                self._nobody = await asyncio.to_thread(hash_password, "nobody")
            is_right = await asyncio.to_thread(is_password, password, of=of or self._nobody)
            return is_right and of is not None


async def give_password(
    username: str, password: str, *, agent: str, check: PasswordCheck, house: House
) -> tuple[str, bool]:
    """The new cookie, and whether that is all; raises `SignInRefused` or `AccountNotConfirmed`."""
    staff = await Staff.get_or_none(username=username, is_active=True)
    if not await check.holds(password, of=staff.password_hash if staff else None) or staff is None:
        raise SignInRefused
    if not is_confirmed(staff):
        raise AccountNotConfirmed
    is_complete = not needs_code(staff)
    async with in_transaction():
        token = await begin_session(staff, is_complete=is_complete, house=house, agent=agent)
        if is_complete:
            await record("staff.sign_in", by=f"staff:{staff.id}", at=house.clock.now())
    return token, is_complete


async def give_code(code: str, *, session: Session, house: House) -> SignedIn:
    """Raises `CodeRefused` for a wrong code, one-time or of recovery, and for one already used."""
    at, staff = house.clock.now(), session.staff
    secret = otp_secret(session, house=house)
    step = step_of(code, secret=secret, now=int(at.timestamp()))
    async with in_transaction():
        recovery_codes = await _enrol(session, secret=secret, house=house) if step is not None else []
        tells_of_use = await is_used_since(_last_code(staff), staff=staff)
        if step is not None:
            await _use_step(staff, step=step)
        elif not await use_code(code, staff=staff, secret=secret, house=house):
            raise CodeRefused
        await end_session(session)
        token = await begin_session(staff, is_complete=True, house=house, agent=session.row.agent)
        await record("staff.sign_in", by=f"staff:{staff.id}", at=at)
    return SignedIn(token=token, recovery_codes=recovery_codes, tells_of_use=tells_of_use or step is None)


def _last_code(staff: Staff) -> datetime:
    return datetime.fromtimestamp(staff.last_totp_step * STEP_SECONDS, UTC)


def otp_secret(session: Session, *, house: House) -> str:
    """The account's own, or the one this session offers it."""
    staff, row = session.staff, session.row
    if staff.sealed_totp_secret is not None:
        return open_totp_secret(staff.sealed_totp_secret, username=staff.username, vault=house.vault)
    if row.sealed_enrolment is None:
        raise CodeRefused
    return house.vault.open(row.sealed_enrolment, place=enrolment_place(row.id))


def enrolment_uri(session: Session, *, house: House) -> str | None:
    """What an authenticator reads from the QR; None when the account is enrolled already."""
    if session.staff.sealed_totp_secret is not None or session.row.sealed_enrolment is None:
        return None
    totp = pyotp.TOTP(otp_secret(session, house=house))
    return totp.provisioning_uri(name=session.staff.username, issuer_name=texts.PRODUCT)


async def _use_step(staff: Staff, *, step: int) -> None:
    used = await changed(
        "UPDATE staff SET last_totp_step = $1 WHERE id = $2 AND last_totp_step < $1", step, staff.id
    )
    if not used:
        raise CodeRefused


async def _enrol(session: Session, *, secret: str, house: House) -> list[str]:
    """The recovery codes of a second factor that this set up."""
    staff = session.staff
    if staff.sealed_totp_secret is not None:
        return []
    sealed = seal_totp_secret(secret, username=staff.username, vault=house.vault)
    fresh = Staff.filter(id=staff.id, sealed_totp_secret__isnull=True)
    if not await fresh.update(sealed_totp_secret=sealed):
        # another session of the same account was quicker, with another secret
        raise CodeRefused
    await record("staff.enrol_code", by=f"staff:{staff.id}", at=house.clock.now())
    return await make_codes(staff, secret=secret, house=house)
