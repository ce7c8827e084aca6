"""Colleagues who have opened the same report a moment ago: of the viewer's own body, and no other."""

from dataclasses import dataclass
from datetime import datetime

from access.viewer import Viewer
from clients.database import rows
from models.fields import from_millis, to_millis
from models.report import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    name: str
    opened_at: datetime


async def opened_by_others(viewer: Viewer, *, report: Report, since: datetime) -> list[Colleague]:
    """`report` is one the viewer may see. Latest first, at most five."""
    found = await rows(
        """SELECT s.name, MAX(e.at) AS opened_at FROM event e
          JOIN staff s ON e.actor = 'staff:' || s.id
          WHERE e.report_id = $1 AND e.action = 'report.read' AND e.at >= $2 AND e.actor <> $3 AND s.body_id = $4
          GROUP BY s.id, s.name ORDER BY opened_at DESC, s.id LIMIT 5""",
        report.id,
        to_millis(since),
        viewer.actor,
        viewer.body_code,
    )
    return [Colleague(name=row["name"], opened_at=from_millis(row["opened_at"])) for row in found]
