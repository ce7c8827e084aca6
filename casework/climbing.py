"""超期上报: what is overdue climbs by itself, from the body that has it to the zone's office and then to the county."""

from datetime import datetime
from typing import Final

from tortoise.transactions import in_transaction

from dossier.rows import report_key
from dossier.timed import AT_ONCE, locked, overdue_reports
from dossier.urging import tell_urged
from models.fields import to_millis
from models.report import Report
from organisation.clocks import days_before
from organisation.house import House
from routing.table import RoutingTable
from vault.log import record

ZONE, COUNTY = 1, 2
WORKING_DAYS_TO_COUNTY: Final = 5


async def climb_due(*, house: House) -> int:
    """Answers how many climbed; what did so while no worker ran climbs all the way at once."""
    at = house.clock.now()
    calendar, timezone = house.organisation.calendar, house.timezone
    to_county = days_before(at, days=WORKING_DAYS_TO_COUNTY, calendar=calendar, timezone=timezone)
    climbed = await _climb(COUNTY, before=to_county, house=house, at=at)
    return climbed + await _climb(ZONE, before=at, house=house, at=at)


async def _climb(level: int, *, before: datetime, house: House, at: datetime) -> int:
    climbed = 0
    while True:
        found = await overdue_reports(before=before, below=level)
        for report_id in found:
            async with in_transaction():
                report = await locked(report_id)
                # worked on while we waited for the lock
                if report.due_at is not None and report.due_at < before and report.overdue_level < level:
                    await _tell_above(report, level=level, house=house, at=at)
                    climbed += 1
        if len(found) < AT_ONCE:
            break
    if climbed:
        await house.coordination.wake("outbox")
    return climbed


async def _tell_above(report: Report, *, level: int, house: House, at: datetime) -> None:
    bodies = _told(report, after=report.overdue_level, level=level, table=house.organisation.table)
    report.overdue_level = level
    await report.save(update_fields=["overdue_level"])
    tag = f"late{level}:{to_millis(report.due_at) if report.due_at else 0}"
    key = report_key(report, house=house)
    await tell_urged(report, bodies=bodies, tag=tag, key=key, house=house, at=at)
    await record("report.overdue", by="system", at=at, report_id=report.id, data={"level": level})


def _told(report: Report, *, after: int, level: int, table: RoutingTable) -> list[str]:
    """The owner and the zone's office of a township at once; the county's cases room and head when it goes on.

    A matter of the city climbs nowhere: it may not be spread below (Rules art. 15).
    """
    owner, place = table.bodies.get(report.owner_id), table.place(report.region_id)
    above = owner.level if owner is not None else ""
    told = [report.owner_id] if after < ZONE else []
    if after < ZONE and above == "township":
        told.append(place.office)
    if level >= COUNTY and above != "city":
        near = (body for _, body in table.scope(table.place(place.county)).bodies)
        told += [body.code for body in near if body.level == "county" and body.room in ("cases", "")]
    return [body for body in told if body]
