"""Bearer tokens: random, kept only as an index; who holds one is a person, an anonymous one, or a receipt's."""

import secrets
from datetime import timedelta
from typing import Final

from aiohttp import web

from clients.finding import find_one
from intake.draft import mini_reporter
from miniapp_api.errors import SessionUnknown
from miniapp_api.operations import ANONYMOUS, RECEIPT, REPORTER
from models.api_session import ApiSession
from models.fields import new_id
from models.report import Report
from organisation.house import House

LIFETIMES: Final = {
    REPORTER: timedelta(hours=12),
    ANONYMOUS: timedelta(hours=12),
    RECEIPT: timedelta(hours=2),
}
"""How long a token works; and, renewed again and again, until when at the most."""
LONGEST: Final = {
    REPORTER: timedelta(days=30),
    ANONYMOUS: timedelta(days=7),
    RECEIPT: timedelta(hours=12),
}
REPLACED_WORKS: Final = timedelta(minutes=2)
_SCHEME: Final = "bearer "


def seconds_of(role: str) -> int:
    return int(LIFETIMES[role].total_seconds())


async def open_session(
    *, role: str, house: House, openid: str | None = None, report: Report | None = None
) -> str:
    """A new session's token, readable only here.

    Signed in by `openid` one is the same person each time; by a receipt, the same reader of that one report;
    anonymous, somebody new.
    """
    session_id, token, at = new_id(), secrets.token_urlsafe(32), house.clock.now()
    if openid is not None:
        person = mini_reporter(openid, vault=house.vault)
    else:
        person = house.vault.index("session", f"receipt:{report.id}" if report else session_id)
    await ApiSession.create(
        id=session_id,
        token_index=house.vault.index("token", token),
        role=role,
        person_index=person,
        sealed_openid=house.vault.seal(openid, place=f"api_session:{session_id}:openid") if openid else None,
        report_id=report.id if report else None,
        created_at=at,
        expires_at=at + LIFETIMES[role],
    )
    return token


async def renew_session(session: ApiSession, *, house: House) -> tuple[ApiSession, str]:
    """The same person under another token, with what they have spent today; raises `SessionUnknown` at the very end.

    The old token works a little longer: whoever did not hear the answer asks again with it.
    """
    at, token, session_id = house.clock.now(), secrets.token_urlsafe(32), new_id()
    expires_at = min(at + LIFETIMES[session.role], session.created_at + LONGEST[session.role])
    if expires_at <= at:
        raise SessionUnknown
    openid = openid_of(session, house=house)
    fresh = await ApiSession.create(
        id=session_id,
        token_index=house.vault.index("token", token),
        role=session.role,
        person_index=session.person_index,
        sealed_openid=house.vault.seal(openid, place=f"api_session:{session_id}:openid") if openid else None,
        report_id=session.report_id,
        created_at=session.created_at,
        expires_at=expires_at,
    )
    ends = min(session.expires_at, at + REPLACED_WORKS)
    await ApiSession.filter(id=session.id).update(expires_at=ends)
    return fresh, token


async def end_session(session: ApiSession, *, house: House) -> None:
    """The row stays for a day: what was spent today is spent."""
    await ApiSession.filter(id=session.id).update(expires_at=house.clock.now(), sealed_openid=None)


def left_of(session: ApiSession, *, house: House) -> int:
    return int((session.expires_at - house.clock.now()).total_seconds())


def token_of(request: web.Request) -> str:
    header = request.headers.get("Authorization", "")
    return header[len(_SCHEME) :].strip() if header.lower().startswith(_SCHEME) else ""


def token_index(request: web.Request, *, house: House) -> str:
    return house.vault.index("token", token_of(request))


async def session_alone(request: web.Request, house: House) -> tuple[ApiSession | None, None]:
    """A `Look` for nothing else."""
    return await find_one(ApiSession, "token_index", token_index(request, house=house)), None


def is_over(session: ApiSession, *, house: House) -> bool:
    return bool(session.expires_at <= house.clock.now())


def openid_of(session: ApiSession, *, house: House) -> str | None:
    if session.sealed_openid is None:
        return None
    return house.vault.open(bytes(session.sealed_openid), place=f"api_session:{session.id}:openid")
