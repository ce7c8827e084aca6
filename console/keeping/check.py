"""What in the organisation would leave a report without hands, for those who keep a county or the city."""

import asyncio
from collections.abc import Mapping, Sequence

from aiohttp import web

from access.viewer import Viewer
from console.callers import Caller, allowed
from console.keeping.rows import desk_of
from console.pages import page
from console.reports import viewer_of
from organisation.reach import knows_all_recusals, table_known_to
from routing.linter.findings import Finding, found
from routing.linter.lint import lint
from routing.table import RoutingTable


@allowed(Caller.KEEPER)
async def show_check(request: web.Request) -> web.StreamResponse:
    desk = await desk_of(request)
    if desk.reach.body:
        raise web.HTTPNotFound
    table, county = desk.house.organisation.table, desk.reach.county
    findings = await asyncio.to_thread(_checked, viewer_of(request), county=county, table=table)
    return page(request, "check.html", findings=findings)


def _checked(viewer: Viewer, *, county: str, table: RoutingTable) -> list[Finding]:
    """What single recusals would do is told to all who keep; what stands registered only to those who may know it."""
    known = table if not county and knows_all_recusals(viewer) else table_known_to(viewer, table)
    return _of_county(lint(known), county, known)


def _of_county(findings: Sequence[Finding], county: str, table: RoutingTable) -> list[Finding]:
    """Each finding with the spots of that county only; all of them when it is empty."""
    if not county:
        return list(findings)
    homes = _homes(table)
    within = [
        found(
            one.severity,
            one.kind,
            [(s.code, s.name) for s in one.spots if county_of(s.code, table, homes) == county],
        )
        for one in findings
    ]
    return [finding for finding in within if finding.spots]


def _homes(table: RoutingTable) -> dict[str, str]:
    """The body of each account."""
    return {one.username: one.body_code for one in table.staff.values()}


def county_of(code: str, table: RoutingTable, homes: Mapping[str, str]) -> str | None:
    """Of a region, a body, a zone, an account, or a county and an area with a stroke between."""
    if code in table.zones:
        return table.zones[code].county_code
    body = table.bodies.get(homes.get(code, code))
    return table.county_of(body.region_code if body else code.split("/", maxsplit=1)[0])
