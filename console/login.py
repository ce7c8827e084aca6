"""`/console/login` and out again: one address, one step at a time."""

import asyncio
from collections.abc import Sequence

from aiohttp import web

from console import texts
from console.agents import agent_of
from console.callers import Caller, allowed
from console.devices import known_device, remember_device
from console.doorway import SIGN_IN
from console.errors import SessionOver, SignInEmpty, TooManyTries, refused
from console.forms import read_form
from console.pages import page
from console.qr import qr_svg
from console.sessions import (
    COOKIE,
    COOKIE_VALUE,
    PATH,
    SESSION,
    Session,
    end_session,
    give_cookie,
    make_token,
)
from console.signing_in import PasswordCheck, enrolment_uri, give_code, give_password, otp_secret
from models.errors import DomainError
from organisation.house import HOUSE, House
from organisation.tries import count_try, forget, forgive, source_name
from vault.log import record

HOME = "/console/reports"
CODE_USED = "/console/sessions?told=code"
"""Where somebody reads that a recovery code was used."""
PASSWORDS: web.AppKey[PasswordCheck] = web.AppKey("passwords", PasswordCheck)


@allowed(Caller.ANYONE)
async def show_sign_in(request: web.Request) -> web.StreamResponse:
    session = request.get(SESSION)
    if session is not None and session.viewer is not None:
        raise web.HTTPSeeOther(HOME)
    if session is not None:
        return _code_page(request, session)
    house = request.config_dict[HOUSE]
    is_new = not request[COOKIE_VALUE]
    if is_new:
        # the form's token hangs on a cookie, so there has to be one
        request[COOKIE_VALUE] = make_token()
    response = _password_page(request, is_kept="kept" in request.query)
    if is_new:
        give_cookie(response, request[COOKIE_VALUE], house=house)
    return response


@allowed(Caller.ANYONE)
async def sign_in(request: web.Request) -> web.StreamResponse:
    session = request.get(SESSION)
    if session is not None and session.viewer is not None:
        raise web.HTTPSeeOther(HOME)
    form = await read_form(request)
    house = request.config_dict[HOUSE]
    if "otp" in form:
        return await _code_step(request, form["otp"], session=session, house=house)
    username = form.get("username", "").strip()
    try:
        token, is_complete = await _password_step(request, username, form.get("password", ""), house=house)
    except DomainError as error:
        return refused(_password_page(request, error=error, username=username), error)
    answer = _onward(to=SIGN_IN)
    give_cookie(answer, token, house=house)
    if is_complete:
        await remember_device(request, answer, username=username, house=house)
    return answer


@allowed(Caller.ANYONE)
async def sign_out(request: web.Request) -> web.StreamResponse:
    session = request.get(SESSION)
    if session is not None:
        await end_session(session)
        if session.viewer is not None:
            at = request.config_dict[HOUSE].clock.now()
            await record("staff.sign_out", by=session.viewer.actor, at=at)
    answer = web.HTTPSeeOther(SIGN_IN)
    answer.del_cookie(COOKIE, path=PATH)
    raise answer


async def _password_step(
    request: web.Request, username: str, password: str, *, house: House
) -> tuple[str, bool]:
    if not username or not password:
        raise SignInEmpty
    names = await counted(request, username=username, house=house)
    agent, check = agent_of(request.headers.get("User-Agent", "")), request.app[PASSWORDS]
    token, is_complete = await give_password(username, password, agent=agent, check=check, house=house)
    await forgive(names, house=house)
    if is_complete:
        await forget(names[0], house=house)
    return token, is_complete


async def counted(request: web.Request, *, username: str, house: House) -> tuple[str, ...]:
    """Counts a try at the account and from the source, or on a device that the account knows. As `wait_for`."""
    device = await known_device(request, username=username, house=house)
    account = house.vault.index("sign-in", username)
    names = (f"device:{device}",) if device else (f"account:{account}", source_name(request))
    await wait_for(names, house=house)
    return names


async def wait_for(names: Sequence[str], *, house: House) -> None:
    """Counts a try under each of them, and waits as long as it must. Raises `TooManyTries`."""
    standing = await count_try(names, house=house)
    if standing.refused_for:
        raise TooManyTries(seconds=standing.refused_for)
    if standing.pause:
        await asyncio.sleep(standing.pause)


async def _code_step(
    request: web.Request, code: str, *, session: Session | None, house: House
) -> web.StreamResponse:
    if session is None:
        return page(request, "login.html", status=401, error=SessionOver(), username="", notice="")
    try:
        names = await counted(request, username=session.staff.username, house=house)
        given = await give_code(code, session=session, house=house)
    except DomainError as error:
        return refused(_code_page(request, session, error=error), error)
    await forgive(names, house=house)
    await forget(names[0], house=house)
    if given.recovery_codes:
        answer: web.StreamResponse = page(
            request, "recovery_codes.html", codes=given.recovery_codes, home=HOME
        )
    else:
        answer = _onward(to=CODE_USED if given.tells_of_use else SIGN_IN)
    give_cookie(answer, given.token, house=house)
    await remember_device(request, answer, username=session.staff.username, house=house)
    return answer


def _onward(*, to: str) -> web.StreamResponse:
    return web.Response(status=303, headers={"Location": to})


def _password_page(
    request: web.Request, *, error: DomainError | None = None, username: str = "", is_kept: bool = False
) -> web.Response:
    notice = texts.SIGN_IN_AGAIN if is_kept else ""
    return page(request, "login.html", error=error, username=username, notice=notice)


def _code_page(request: web.Request, session: Session, *, error: DomainError | None = None) -> web.Response:
    house = request.config_dict[HOUSE]
    uri = enrolment_uri(session, house=house)
    secret = otp_secret(session, house=house) if uri else ""
    return page(
        request,
        "otp.html",
        error=error,
        name=session.staff.name,
        qr=qr_svg(uri, label=texts.OTP_QR) if uri else None,
        secret=" ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
    )
