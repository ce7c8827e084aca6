"""A device on which an account has signed in before: its own wrong tries count, and nobody else's.

Ten wrong tries close an account to everybody for a while, so whoever knows a name could keep its owner out. The
device they sign in on every morning holds a mark that lets them past that.
"""

import hmac
import secrets
from typing import Final

from aiohttp import web

from models.staff import Staff
from organisation.house import House

COOKIE: Final = "mashang_device"
PATH: Final = "/console/login"
KEPT_SECONDS: Final = 180 * 86_400
# several colleagues share one PC
MOST_ACCOUNTS: Final = 5


async def known_device(request: web.Request, *, username: str, house: House) -> str | None:
    """What tries on this device are counted under; None where this account has not signed in on it.

    A changed password makes every device a stranger again.
    """
    device, marks = _read(request)
    staff = await Staff.get_or_none(username=username) if marks else None
    if staff is None:
        return None
    wanted = _mark(device, staff=staff, house=house).encode()
    is_known = any(hmac.compare_digest(mark.encode(), wanted) for mark in marks)
    return house.vault.index("device", wanted.decode()) if is_known else None


async def remember_device(
    request: web.Request, answer: web.StreamResponse, *, username: str, house: House
) -> None:
    """Call when every factor was given."""
    device, marks = _read(request)
    device = device or secrets.token_urlsafe(16)
    mark = _mark(device, staff=await Staff.get(username=username), house=house)
    kept = [mark, *(each for each in marks if each != mark)][:MOST_ACCOUNTS]
    answer.set_cookie(
        COOKIE,
        ".".join([device, *kept]),
        max_age=KEPT_SECONDS,
        path=PATH,
        httponly=True,
        samesite="Strict",
        secure=house.public_url.startswith("https://"),
    )


def _read(request: web.Request) -> tuple[str, list[str]]:
    device, *marks = request.cookies.get(COOKIE, "").split(".")
    return device[:32], marks[:MOST_ACCOUNTS]


def _mark(device: str, *, staff: Staff, house: House) -> str:
    return house.vault.index("device-mark", f"{device} {staff.id} {staff.password_hash}")
