"""What a form brought, as plain text."""

import hmac
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.http_exceptions import BadHttpMessage

from console.errors import FormBroken, FormRefused
from organisation.house import House

Form = dict[str, str]
SITES = ("same-origin", "none")


async def read_form(request: web.Request) -> Form:
    """Text fields only, without NUL (no database takes it); raises `FormBroken`."""
    try:
        posted = await request.post()
    except (BadHttpMessage, ValueError, LookupError) as exc:
        raise FormBroken from exc
    return {name: value.replace("\0", "") for name, value in posted.items() if isinstance(value, str)}


async def read_many(request: web.Request, name: str) -> list[str]:
    """Every value of one field; call after `read_form`."""
    posted = await request.post()
    return [value.replace("\0", "") for value in posted.getall(name, []) if isinstance(value, str)]


def read_query(request: web.Request) -> Form:
    return {name: value.replace("\0", "").strip() for name, value in request.query.items()}


def csrf_token(cookie: str, *, house: House) -> str:
    """Belongs to one cookie and cannot be made without our key."""
    return house.vault.index("csrf", cookie)


def check_form(request: web.Request, form: Form, *, cookie: str, house: House) -> None:
    """Raises `FormRefused` unless one of our own pages, in this browser, sent it."""
    given = form.get("csrf_token", "")
    wanted = csrf_token(cookie, house=house)
    is_ours = bool(cookie) and hmac.compare_digest(given.encode(), wanted.encode())
    if not (is_ours and _is_from_here(request, public_url=house.public_url)):
        raise FormRefused


def _is_from_here(request: web.Request, *, public_url: str) -> bool:
    if request.headers.get("Sec-Fetch-Site", "none") not in SITES:
        return False
    origin = request.headers.get("Origin")
    # our pages send no referrer, so browsers say "null" for their origin; the token still has to be right
    if origin is None or origin == "null":
        return True
    return urlsplit(origin).netloc in (urlsplit(public_url).netloc, request.host)
