"""What a form brought, as plain text."""

import hmac
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.http_exceptions import BadHttpMessage

from console.callers import files_of
from console.errors import FormBroken, FormRefused
from intake.uploads import MULTIPART, SOME_FILES, Uploaded, read_upload
from organisation.house import House

Form = dict[str, str]
Fields = Mapping[str, Sequence[str]]
SITES = ("same-origin", "none")
UPLOADED: Final = web.RequestKey("uploaded", Uploaded)
FIELDS: Final[web.RequestKey[Fields]] = web.RequestKey("fields", dict)


async def read_form(request: web.Request) -> Form:
    """Text fields only, without NUL (no database takes it); raises `FormBroken`, or why an upload is refused."""
    return {name: values[-1] for name, values in (await _fields(request)).items()}


async def read_many(request: web.Request, name: str) -> Sequence[str]:
    """Every value of one field."""
    return (await _fields(request)).get(name, [])


async def read_files(request: web.Request) -> Sequence[bytes]:
    """What was uploaded in the field that the route declares; a field left empty brings none."""
    await _fields(request)
    uploaded = request.get(UPLOADED)
    return [each for files in uploaded.files.values() for each in files if each] if uploaded else []


async def _fields(request: web.Request) -> Fields:
    if FIELDS not in request:
        given = await _uploaded(request) if request.content_type == MULTIPART else await _posted(request)
        request[FIELDS] = {
            name: [value.replace("\0", "") for value in values] for name, values in given.items()
        }
    return request[FIELDS]


async def _posted(request: web.Request) -> Fields:
    try:
        posted = await request.post()
    except (BadHttpMessage, ValueError, LookupError) as exc:
        raise FormBroken from exc
    return {name: [str(value) for value in posted.getall(name)] for name in posted}


async def _uploaded(request: web.Request) -> Fields:
    taken = files_of(request.match_info.handler)
    if taken is None:
        raise FormBroken
    request[UPLOADED] = await read_upload(request, files=taken[:1], most=taken[1], cap=SOME_FILES)
    return request[UPLOADED].fields


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


def is_from_own_page(request: web.Request) -> bool:
    """As the browser itself says, which no page elsewhere can make it say; old browsers say nothing."""
    return request.headers.get("Sec-Fetch-Site") == SITES[0]


def _is_from_here(request: web.Request, *, public_url: str) -> bool:
    if request.headers.get("Sec-Fetch-Site", "none") not in SITES:
        return False
    origin = request.headers.get("Origin")
    # our pages send no referrer, so browsers say "null" for their origin; the token still has to be right
    if origin is None or origin == "null":
        return True
    return urlsplit(origin).netloc in (urlsplit(public_url).netloc, request.host)
