"""A document of a case on a page of its own, to be printed and signed."""

from aiohttp import web

from access.reports import open_report
from console.callers import Caller, allowed
from console.pages import page
from console.records import line_of
from console.reports import viewer_of
from dossier.records import find_document
from dossier.rows import report_key
from models.errors import DomainError
from organisation.house import HOUSE


class DocumentNotFound(DomainError):
    """There is no such document for this viewer: hidden and absent look the same."""

    key = "document-not-found"
    message = "没有找到这份文书。"


@allowed(Caller.READER)
async def show_document(request: web.Request) -> web.StreamResponse:
    viewer, house = viewer_of(request), request.config_dict[HOUSE]
    report = await open_report(viewer, number=request.match_info["number"], at=house.clock.now())
    key = report_key(report, house=house)
    found = await find_document(report, record_id=request.match_info["id"], key=key)
    if found is None:
        raise DocumentNotFound
    table = house.organisation.table
    return page(
        request,
        "document.html",
        report=report,
        line=line_of(found, house=house),
        place=table.names_of(report.region_id),
        area=table.areas.get(report.area_id, ""),
    )
