"""Asked for by an open page every few seconds: has what it shows changed, and who else has it open.

It is no reading, so no event; and it keeps no session alive, or a desk left alone would never be signed out.
"""

from aiohttp import web

from access.reports import count_aside, count_by_status, find_report, list_reports
from console.callers import Caller, allowed
from console.forms import read_query
from console.marks import mark_of_list, mark_of_report
from console.reading import read_report
from console.reports import viewer_of
from console.together import others_in_words
from organisation.house import HOUSE


@allowed(Caller.READER)
async def pulse_of_list(request: web.Request) -> web.StreamResponse:
    viewer, house = viewer_of(request), request.config_dict[HOUSE]
    query = read_query(request)
    found = await list_reports(
        viewer,
        vault=house.vault,
        at=house.clock.now(),
        status=query.get("status", ""),
        owner=query.get("owner", ""),
    )
    aside = await count_aside(viewer)
    counts = await count_by_status(viewer)
    return web.json_response({"mark": mark_of_list(found.rows, counts=counts, aside=aside)})


@allowed(Caller.READER)
async def pulse_of_report(request: web.Request) -> web.StreamResponse:
    viewer, house = viewer_of(request), request.config_dict[HOUSE]
    report = await find_report(viewer, number=request.match_info["number"])
    shown = await read_report(report, viewer=viewer, house=house)
    others = await others_in_words(report, viewer=viewer, house=house)
    return web.json_response({"mark": mark_of_report(shown), "others": others})
