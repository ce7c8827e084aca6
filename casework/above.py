"""The bodies above the one that has a matter, the nearest first."""

from collections.abc import Iterator

from models.report import Report
from routing.table import RoutingTable

BELOW_AN_OFFICE = ("township", "stationed")


def bodies_above(report: Report, *, table: RoutingTable) -> Iterator[str]:
    """Above a township and a stationed body the zone's office; above that the county's head; then the city."""
    owner, place = table.bodies.get(report.owner_id), table.place(report.region_id)
    level = owner.level if owner is not None else ""
    if level == "city":
        return
    for body in (place.office if level in BELOW_AN_OFFICE else "", place.head, place.city_body):
        if body and body != report.owner_id:
            yield body
