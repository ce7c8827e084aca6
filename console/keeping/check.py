"""What in the organisation would leave a report without hands, for those who keep a county or the city."""

import asyncio
from collections.abc import Sequence

from aiohttp import web

from console.callers import Caller, allowed
from console.keeping.rows import desk_of
from console.pages import page
from routing.linter.findings import Finding, found
from routing.linter.lint import lint
from routing.table import RoutingTable


@allowed(Caller.KEEPER)
async def show_check(request: web.Request) -> web.StreamResponse:
    desk = await desk_of(request)
    if desk.reach.body:
        raise web.HTTPNotFound
    table = desk.house.organisation.table
    findings = await asyncio.to_thread(lint, table)
    return page(request, "check.html", findings=_of_county(findings, desk.reach.county, table))


def _of_county(findings: Sequence[Finding], county: str, table: RoutingTable) -> list[Finding]:
    """Each finding with the spots of that county only; all of them when it is empty."""
    if not county:
        return list(findings)
    within = [
        found(
            one.severity,
            one.kind,
            [(s.code, s.name) for s in one.spots if county_of(s.code, table) == county],
        )
        for one in findings
    ]
    return [finding for finding in within if finding.spots]


def county_of(code: str, table: RoutingTable) -> str | None:
    """Of a region, a body, a zone, an account, or a county and an area with a stroke between."""
    if code in table.zones:
        return table.zones[code].county_code
    account = next((one for one in table.staff.values() if one.username == code), None)
    body = table.bodies.get(account.body_code if account else code)
    return table.county_of(body.region_code if body else code.split("/", maxsplit=1)[0])
