"""A body above reaches for a report it owns, or for one it knows only as a row of its ledger."""

from datetime import datetime

from access.ledger import lock_listed, may_read_ledger
from access.reports import ReportNotFound, lock_report
from access.viewer import Viewer
from models.report import Report


async def lock_for_above(by: Viewer, *, number: str, at: datetime) -> Report:
    """Raises `ReportNotFound`: what somebody is recused from is in neither."""
    try:
        return await lock_report(by, number=number)
    except ReportNotFound:
        if not may_read_ledger(by):
            raise
    return await lock_listed(by, number=number, at=at)
