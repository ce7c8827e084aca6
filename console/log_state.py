"""The state of the log: whether it is sealed, anchored and whole, without a word of what it holds or how much."""

from datetime import timedelta
from typing import Final

from aiohttp import web

from console.callers import Caller, allowed
from console.pages import page
from models.event import Event
from models.log_anchor import LogAnchor
from models.log_check import LogCheck
from organisation.house import HOUSE
from vault.texts import HARMS

LATE: Final = timedelta(minutes=10)
SHOWN: Final = 31


@allowed(Caller.WATCHER)
async def show_log_state(request: web.Request) -> web.StreamResponse:
    """Days and no moments, no counts: how much is going on tells of reports that the reader may not know of."""
    house = request.config_dict[HOUSE]
    at = house.clock.now()
    waiting = await Event.filter(chain_place=None).order_by("id").first()
    check = await LogCheck.all().order_by("-id").first()
    harms = [
        HARMS[harm].format(place=place, event=event or "—", day=day)
        for harm, place, event, day in (check.found if check else [])
    ]
    return page(
        request,
        "log_state.html",
        is_late=waiting is not None and at - waiting.at > LATE,
        checked=check.checked_at.astimezone(house.timezone).date() if check else None,
        harms=harms,
        days=[anchor.day for anchor in await LogAnchor.all().order_by("-day").limit(SHOWN)],
    )
