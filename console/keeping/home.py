"""The first page of the organisation: who waits for confirmation, a search through everything, and the kinds."""

from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web

from console.callers import Caller, allowed
from console.forms import read_query
from console.keeping import texts
from console.keeping.fields import Line, summary_of, words_of
from console.keeping.rows import HOME, Desk, desk_of, said_at
from console.pages import page
from organisation.accounts import confirm, refuse
from organisation.codes.reach import top_of
from organisation.kinds import KINDS, rows_of
from organisation.waiting import waiting_accounts

FOUND_OF_A_KIND = 5
LONGEST = 64


@allowed(Caller.KEEPER)
async def show_organisation(request: web.Request) -> web.StreamResponse:
    desk, query = await desk_of(request), read_query(request)
    q = query.get("q", "")[:LONGEST]
    return page(
        request,
        "organisation.html",
        may_check=not desk.reach.body,
        may_keep_codes=top_of(desk.reach, table=desk.house.organisation.table) is not None,
        kinds=[(name, texts.KINDS[name]) for name in desk.reach.kinds],
        waiting=await waiting_accounts(desk.reach, by=desk.viewer),
        said=said_at(desk),
        words=words_of(KINDS["staff"]),
        may_confirm=desk.reach.may_confirm,
        q=q,
        found=await _found(q, desk) if q else [],
        done=texts.DONE.get(query.get("done", ""), ""),
    )


async def _found(q: str, desk: Desk) -> list[tuple[str, str, Sequence[Line], bool]]:
    """By kind: its key, its name, the first few rows, and whether there are more."""
    found: list[tuple[str, str, Sequence[Line], bool]] = []
    for name in desk.reach.kinds:
        rows = await rows_of(KINDS[name], desk.reach, q=q)
        if rows:
            lines = [summary_of(KINDS[name], row, flags={}) for row in rows[:FOUND_OF_A_KIND]]
            found.append((name, texts.KINDS[name], lines, len(rows) > FOUND_OF_A_KIND))
    return found


@allowed(Caller.KEEPER)
async def settle_account(request: web.Request) -> web.StreamResponse:
    desk, what = await desk_of(request), request.match_info["what"]
    settle: Callable[..., Awaitable[None]] = confirm if what == "confirm" else refuse
    username = request.match_info["username"]
    await settle(username, reach=desk.reach, by=desk.viewer, house=desk.house)
    raise web.HTTPSeeOther(f"{HOME}?done={what}")
