"""扫码: which codes are alive, for the county's eyes only; numbers of whole weeks, small ones never."""

from aiohttp import web

from console.callers import Caller, allowed
from console.pages import page
from console.reports import viewer_of
from models.poster_doubt import MOST_A_DAY
from organisation.house import HOUSE
from organisation.liveness import FEWEST_SHOWN, SILENT_WEEKS, liveness_of
from vault.log import record


@allowed(Caller.COUNTY)
async def show_alive(request: web.Request) -> web.StreamResponse:
    viewer, house = viewer_of(request), request.config_dict[HOUSE]
    at = house.clock.now()
    table = house.organisation.table
    found = await liveness_of(
        viewer.county_code, table=table, today=at.astimezone(house.timezone).date(), at=at
    )
    await record("scans.read", by=viewer.actor, at=at)
    return page(
        request,
        "alive.html",
        county=table.tree.nodes[viewer.county_code].name,
        found=found,
        fewest=FEWEST_SHOWN,
        silent_weeks=SILENT_WEEKS,
        most_doubted=MOST_A_DAY,
    )
