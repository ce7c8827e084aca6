"""Before and after every page: headers, refusals in words, the session, who may call, the form's token."""

from aiohttp import web
from aiohttp.typedefs import Handler

from access.viewer import Viewer
from console import texts
from console.callers import Caller, caller_of
from console.drafting import KEPT, keep_unsent
from console.errors import FormRefused, status_of
from console.forms import Form, check_form, is_from_own_page, read_form
from console.pages import WAITING, refusal
from console.sessions import COOKIE, COOKIE_VALUE, SESSION, find_session, left_by
from intake.uploads import MULTIPART
from models.errors import DomainError
from organisation.house import HOUSE
from organisation.reach import reach_of
from organisation.waiting import count_waiting

SIGN_IN = "/console/login"
BY_ITSELF = "X-By-Itself"
"""Sent with what an open page asks for without anybody having touched it."""
CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; media-src 'self';"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


@web.middleware
async def with_headers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """What a handler sets itself (a stricter policy for files) stays."""
    try:
        response = await handler(request)
    except web.HTTPException as answer:
        _add_headers(answer)
        raise
    _add_headers(response)
    return response


def _add_headers(response: web.StreamResponse) -> None:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)


@web.middleware
async def in_words(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refusals become a page that says why."""
    try:
        return await handler(request)
    except web.HTTPException as answer:
        if answer.status < 400:
            raise
        return refusal(request, status=answer.status)
    except DomainError as error:
        return refusal(request, status=status_of(error), message=error.message)


@web.middleware
async def with_caller(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A route that does not declare its callers is not there."""
    if request.match_info.http_exception is not None:
        await _recognise(request)
        return await handler(request)
    caller = caller_of(request.match_info.handler)
    if caller is None:
        raise web.HTTPNotFound
    if caller is Caller.PUBLIC:
        return await handler(request)
    await _recognise(request)
    viewer = request[SESSION].viewer if SESSION in request else None
    if request.content_type == MULTIPART:
        # not a byte of an upload is read for whoever may not send it, or might not a while ago
        _admit(viewer or await _left(request), caller)
    if request.method == "POST":
        form = await read_form(request)
        try:
            check_form(request, form, cookie=request[COOKIE_VALUE], house=request.config_dict[HOUSE])
        except FormRefused:
            if viewer and is_from_own_page(request) and await keep_unsent(request, form, by=viewer):
                return _kept(request, status=403, message=texts.FORM_STALE_KEPT)
            raise
        if viewer is None and caller is not Caller.ANYONE:
            return await _sign_in_first(request, form, caller=caller)
    _admit(viewer, caller)
    return await handler(request)


def _admit(viewer: Viewer | None, caller: Caller) -> None:
    if caller is Caller.ANYONE:
        return
    if viewer is None:
        raise web.HTTPSeeOther(SIGN_IN)
    if not caller.admits(viewer):
        raise web.HTTPNotFound


async def _left(request: web.Request) -> Viewer | None:
    return await left_by(request[COOKIE_VALUE], house=request.config_dict[HOUSE])


async def _sign_in_first(request: web.Request, form: Form, *, caller: Caller) -> web.StreamResponse:
    """What was written in a session that has ended meanwhile becomes a draft of whoever had it."""
    left = await _left(request)
    if left is None or not caller.admits(left) or not await keep_unsent(request, form, by=left):
        raise web.HTTPSeeOther(SIGN_IN)
    if form.get("quiet"):
        return _kept(request, status=401, message=texts.SIGN_IN_AGAIN)
    raise web.HTTPSeeOther(f"{SIGN_IN}?kept=yes")


def _kept(request: web.Request, *, status: int, message: str) -> web.Response:
    answer = refusal(request, status=status, message=message)
    answer.headers.update(KEPT)
    return answer


async def _count_waiting(viewer: Viewer) -> int:
    """Accounts are found by the body alone: its region does not matter here."""
    reach = reach_of(viewer, region_code="")
    return await count_waiting(reach) if reach else 0


async def _recognise(request: web.Request) -> None:
    token = request.cookies.get(COOKIE, "").replace("\0", "")
    request[COOKIE_VALUE] = token
    is_used = BY_ITSELF not in request.headers
    session = await find_session(token, house=request.config_dict[HOUSE], is_used=is_used)
    if session is not None:
        request[SESSION] = session
        if request.method == "GET" and session.viewer is not None:
            request[WAITING] = await _count_waiting(session.viewer)
