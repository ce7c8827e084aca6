"""Rows of the inbox, put together here: its template would look at each word of each row anew."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from markupsafe import Markup

from access.reports import ReportRow
from console import clocks
from console.clocks import Mark
from console.repeated import Repeated, joined
from organisation.house import House

WHOLE = Repeated("_report_row.html", "whole", own=("number", "moment"))


class Said(NamedTuple):
    """What many rows say alike."""

    status: str
    owner_code: str
    region_name: str
    area_name: str
    level: str
    kind: str | None
    is_named: bool
    handler_name: str | None
    age: str
    mark: Mark | None


def report_rows(rows: Sequence[ReportRow], *, at: datetime, house: House) -> Markup:
    return joined(_whole(row, at=at, house=house) for row in rows)


def _whole(row: ReportRow, *, at: datetime, house: House) -> str:
    timezone, calendar = house.timezone, house.organisation.calendar
    # what is in this zone already costs the clocks nothing to bring there
    now, submitted = at.astimezone(timezone), row.submitted_at.astimezone(timezone)
    said = Said(
        row.status,
        row.owner_code,
        row.region_name,
        row.area_name,
        row.level,
        row.kind,
        row.is_named,
        row.handler_name,
        clocks.age(submitted, now=now, timezone=timezone),
        clocks.due_mark(row.due_at, status=row.status, now=now, timezone=timezone, calendar=calendar),
    )
    return WHOLE(said, number=row.number, moment=clocks.moment(submitted, timezone=timezone))
