"""The county's ledger: numbers and clocks, nothing to open."""

from aiohttp import web

from access.ledger import list_ledger
from console.callers import Caller, allowed
from console.forms import read_query
from console.pages import page
from console.reports import viewer_of
from organisation.house import HOUSE
from vault.log import record


@allowed(Caller.LEDGER_READER)
async def show_ledger(request: web.Request) -> web.StreamResponse:
    viewer, house = viewer_of(request), request.config_dict[HOUSE]
    at = house.clock.now()
    found = await list_ledger(viewer, at=at, cursor=read_query(request).get("cursor", ""))
    await record("ledger.read", by=viewer.actor, at=at)
    county = house.organisation.table.tree.nodes.get(viewer.county_code)
    return page(request, "ledger.html", found=found, county=county.name if county else "")
