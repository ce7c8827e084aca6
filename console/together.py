"""Who else of the body has just opened the same report, in words: two people should not answer it at once."""

from datetime import timedelta

from access.open_by_others import opened_by_others
from access.viewer import Viewer
from console import texts
from models.report import Report
from organisation.house import House

RECENTLY = timedelta(minutes=10)


async def others_in_words(report: Report, *, viewer: Viewer, house: House) -> str:
    """Empty when there is nobody."""
    now = house.clock.now()
    others = await opened_by_others(viewer, report=report, since=now - RECENTLY)
    said = [
        (texts.OPENED_BY if minutes else texts.OPENED_NOW).format(name=each.name, minutes=minutes)
        for each in others
        for minutes in [(now - each.opened_at).seconds // 60]
    ]
    return texts.OPENED_BY_OTHERS.format(people="、".join(said)) if said else ""
