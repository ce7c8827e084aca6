"""Sessions of staff: a random cookie, of which the database knows only a keyed hash."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyotp
from aiohttp import web

from access.predicate import READERS
from access.viewer import Viewer, viewer_of
from clients.finding import find_one
from models.choices import Role
from models.fields import new_id
from models.staff import Staff
from models.staff_session import StaffSession
from organisation.house import House

COOKIE = "mashang_console"
PATH = "/console"
LONGEST = timedelta(hours=12)
IDLE = timedelta(hours=2)
HALF_DONE = timedelta(minutes=10)
REMEMBERED = timedelta(hours=12)
PERSON = ("staff", "staff.body")
SEEN_EVERY = timedelta(minutes=1)
WITH_OTP = (Role.LEADER, Role.APPROVER, Role.OPERATOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """`viewer` is None until every factor was given."""

    row: StaffSession
    staff: Staff
    viewer: Viewer | None


SESSION = web.RequestKey("session", Session)
COOKIE_VALUE = web.RequestKey("cookie_value", str)


def make_token() -> str:
    return secrets.token_urlsafe(32)


async def find_session(token: str, *, house: House, is_used: bool = True) -> Session | None:
    """None when it never was, is over, was idle too long, or its account may no longer sign in.

    Only what a person does is a use that puts off the end of an idle session.
    """
    if not token:
        return None
    index = house.vault.index("token", token)
    row = await find_one(StaffSession, "token_index", index, beside=PERSON)
    at = house.clock.now()
    if row is None or row.staff is None or not _is_alive(row, at=at) or not may_sign_in(row.staff):
        return None
    staff: Staff = row.staff
    if is_used and at - row.seen_at > SEEN_EVERY:
        await StaffSession.filter(id=row.id).update(seen_at=at)
    viewer = _viewer(staff, house=house) if row.is_complete else None
    return Session(row=row, staff=staff, viewer=viewer)


async def left_by(token: str, *, house: House) -> Viewer | None:
    """Whose session this was, when it ended by itself not long ago: what is still written goes to their drafts.

    Nothing may be read by it. One that was ended by hand is no more.
    """
    if not token:
        return None
    row = await find_one(StaffSession, "token_index", house.vault.index("token", token), beside=PERSON)
    at = house.clock.now()
    if row is None or row.staff is None or not row.is_complete or at >= row.expires_at + REMEMBERED:
        return None
    return _viewer(row.staff, house=house) if may_sign_in(row.staff) else None


def _is_alive(row: StaffSession, *, at: datetime) -> bool:
    return bool(at < row.expires_at and at - row.seen_at < IDLE)


def may_sign_in(staff: Staff) -> bool:
    return bool(staff.is_active) and is_confirmed(staff)


def is_confirmed(staff: Staff) -> bool:
    """Only an account that can read reports has to be confirmed."""
    return bool(staff.role not in READERS or staff.confirmed_at is not None)


def needs_code(staff: Staff) -> bool:
    return staff.role in WITH_OTP


def _viewer(staff: Staff, *, house: House) -> Viewer:
    body = staff.body
    county_code = house.organisation.table.county_of(body.region_id) or ""
    return viewer_of(staff, body=body, county_code=county_code, vault=house.vault)


async def begin_session(staff: Staff, *, is_complete: bool, house: House, agent: str = "") -> str:
    """The new cookie; one that still lacks a code lives ten minutes, and holds a secret to enrol if need be."""
    at, token, session_id = house.clock.now(), make_token(), new_id()
    is_enrolling = not is_complete and staff.sealed_totp_secret is None
    enrolment = (
        house.vault.seal(pyotp.random_base32(), place=enrolment_place(session_id)) if is_enrolling else None
    )
    await StaffSession.filter(expires_at__lt=at - REMEMBERED).delete()
    await StaffSession.create(
        id=session_id,
        token_index=house.vault.index("token", token),
        staff_id=staff.id,
        is_complete=is_complete,
        sealed_enrolment=enrolment,
        agent=agent,
        created_at=at,
        seen_at=at,
        expires_at=at + (LONGEST if is_complete else HALF_DONE),
    )
    return token


async def sessions_of(staff_id: int | None, *, at: datetime) -> list[StaffSession]:
    """Those that are complete and alive, the newest first."""
    found = await StaffSession.filter(staff_id=staff_id, is_complete=True).order_by("-created_at")
    return [row for row in found if _is_alive(row, at=at)]


async def end_one(session_id: str, *, staff_id: int) -> bool:
    """Whether there was such a one of this account."""
    return bool(await StaffSession.filter(id=session_id, staff_id=staff_id).delete())


async def end_others(own: StaffSession) -> None:
    await StaffSession.filter(staff_id=own.staff_id).exclude(id=own.id).delete()


async def end_session(session: Session) -> None:
    await StaffSession.filter(id=session.row.id).delete()


def enrolment_place(session_id: str) -> str:
    return f"staff_session:{session_id}:enrolment"


def give_cookie(response: web.StreamResponse, token: str, *, house: House) -> None:
    response.set_cookie(
        COOKIE,
        token,
        path=PATH,
        httponly=True,
        samesite="Lax",
        secure=house.public_url.startswith("https://"),
    )
