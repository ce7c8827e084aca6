"""One's own account: where it is signed in, without a place or an address, and what is left of its recovery codes."""

from aiohttp import web
from tortoise.transactions import in_transaction

from console.account import texts
from console.agents import NOT_SAID
from console.callers import Caller, allowed
from console.errors import PasswordRefused, refused
from console.forms import read_form, read_query
from console.login import PASSWORDS, wait_for
from console.pages import page
from console.recovery_codes import left_of, make_codes
from console.reports import viewer_of
from console.sessions import SESSION, end_one, end_others, needs_code, sessions_of
from models.errors import DomainError
from models.staff import Staff
from models.staff_session import StaffSession
from organisation.credentials import open_totp_secret
from organisation.house import HOUSE, House
from organisation.tries import forget
from vault.log import record

HERE = "/console/sessions"


@allowed(Caller.SIGNED_IN)
async def show_account(request: web.Request) -> web.StreamResponse:
    return await _page(request)


@allowed(Caller.SIGNED_IN)
async def end_sessions(request: web.Request) -> web.StreamResponse:
    """The one named by `session`, or all but this one. A stolen cookie among them: whoever holds it has to sign in
    like everybody."""
    form = await read_form(request)
    viewer, house, own = viewer_of(request), request.config_dict[HOUSE], request[SESSION].row
    one = form.get("session", "")
    async with in_transaction():
        if not one:
            await end_others(own)
            await record("session.end-others", by=viewer.actor, at=house.clock.now())
        # one that is over meanwhile is what was wanted, too
        elif await end_one(one, staff_id=viewer.staff_id):
            await record("session.end", by=viewer.actor, at=house.clock.now())
    raise web.HTTPSeeOther(f"{HERE}?done={'one' if one else 'others'}")


@allowed(Caller.SIGNED_IN)
async def renew_codes(request: web.Request) -> web.StreamResponse:
    """Shown once, in the answer; the password, since a cookie that was stolen must not last by them."""
    form, house = await read_form(request), request.config_dict[HOUSE]
    staff = request[SESSION].staff
    secret = _secret(staff, house=house)
    if not secret:
        raise web.HTTPNotFound
    try:
        await _require_password(request, form.get("password", ""), house=house)
    except DomainError as error:
        return refused(await _page(request, wrong=error.message), error)
    async with in_transaction():
        codes = await make_codes(staff, secret=secret, house=house)
    return page(request, "recovery_codes.html", codes=codes, home=HERE)


async def _require_password(request: web.Request, password: str, *, house: House) -> None:
    """Raises `PasswordRefused`, or `TooManyTries`.

    Counted for this session alone: whoever holds a stolen cookie guesses no longer than at signing in, and keeps
    nobody else from it.
    """
    if not password:
        raise PasswordRefused
    session = request[SESSION]
    name = f"session:{session.row.id}"
    await wait_for([name], house=house)
    if not await request.app[PASSWORDS].holds(password, of=session.staff.password_hash):
        raise PasswordRefused
    await forget(name, house=house)


async def _page(request: web.Request, *, wrong: str = "") -> web.Response:
    house, query = request.config_dict[HOUSE], read_query(request)
    own, staff = request[SESSION].row, request[SESSION].staff
    found = await sessions_of(own.staff_id, at=house.clock.now())
    secret = _secret(staff, house=house)
    return page(
        request,
        "account.html",
        own=own,
        others=[one for one in found if one.id != own.id],
        agent=_agent,
        codes=await left_of(staff, secret=secret, house=house) if secret else None,
        done=texts.DONE.get(query.get("done", ""), ""),
        told=texts.CODE_USED if query.get("told") == "code" else "",
        wrong=wrong,
    )


def _secret(staff: Staff, *, house: House) -> str:
    """Of the second factor; empty where the account has none."""
    if staff.sealed_totp_secret is None or not needs_code(staff):
        return ""
    return open_totp_secret(staff.sealed_totp_secret, username=staff.username, vault=house.vault)


def _agent(session: StaffSession) -> str:
    system, _, browser = session.agent.partition(" ")
    return texts.AGENT.format(
        system=texts.SYSTEMS[system or NOT_SAID], browser=texts.BROWSERS[browser or NOT_SAID]
    )
