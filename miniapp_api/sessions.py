"""Bearer tokens: random, kept only as an index; who holds one is a person, an anonymous one, or a receipt's."""

import secrets
from datetime import timedelta
from typing import Final

from aiohttp import web

from miniapp_api.operations import ANONYMOUS, RECEIPT, REPORTER
from models.api_session import ApiSession
from models.fields import new_id
from models.report import Report
from organisation.house import House

LIFETIMES: Final = {
    REPORTER: timedelta(days=30),
    ANONYMOUS: timedelta(hours=12),
    RECEIPT: timedelta(hours=2),
}
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
        person = house.vault.index("mini", openid)
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


def token_of(request: web.Request) -> str:
    header = request.headers.get("Authorization", "")
    return header[len(_SCHEME) :].strip() if header.lower().startswith(_SCHEME) else ""


async def session_of(request: web.Request, *, house: House) -> ApiSession | None:
    token = token_of(request)
    if not token:
        return None
    found = await ApiSession.get_or_none(token_index=house.vault.index("token", token))
    if found is None or found.expires_at <= house.clock.now():
        return None
    return found


def openid_of(session: ApiSession, *, house: House) -> str | None:
    if session.sealed_openid is None:
        return None
    return house.vault.open(bytes(session.sealed_openid), place=f"api_session:{session.id}:openid")
