"""One sentence where facts show that a matter may belong to the zone's office; a person decides (domain.md §4.4)."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from access.alike import count_alike
from access.viewer import Viewer
from console import texts
from models.report import Report

DAYS, MANY, YEARS = 90, 3, 3


async def hint_for(report: Report, *, details: Mapping[str, Any], viewer: Viewer, at: datetime) -> str:
    """Empty when nothing shows; counts reports that the viewer may see, and no others."""
    alike = await count_alike(viewer, report=report, since=at - timedelta(days=DAYS))
    if alike.subject + 1 >= MANY:
        return texts.HINT_SUBJECT.format(days=DAYS, count=alike.subject + 1)
    if alike.place + 1 >= MANY:
        return texts.HINT_PLACE.format(days=DAYS, count=alike.place + 1)
    happened = _date(details.get("occurred_on"))
    if happened is not None and (at.date() - happened).days >= YEARS * 365:
        return texts.HINT_LONG_AGO.format(year=happened.year)
    return ""


def _date(given: Any) -> date | None:
    try:
        return date.fromisoformat(str(given))
    except ValueError:
        return None
