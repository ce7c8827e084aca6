"""谁看过什么: who of the staff has read, searched and taken away, for those who answer for them.

A leader reads it of the own body, the leader of the county's head of the county; over reports that they may see, or
have a row of. What is hidden from them leaves no line, and neither place nor order of a line tells of one.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from access.ledger import COUNTY, rows_of
from access.predicate import VISIBLE, viewer_values
from access.viewer import Viewer
from clients.database import rows, text_list
from models.fields import from_millis, to_millis

READ: Final = ("report.read", "attachment.read", "identity.read", "report.print")
WITHOUT_REPORT: Final = ("report.search", "ledger.export", "quarter.export")
PAGE: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """`number` is empty for what is of no one report."""

    at: datetime
    name: str
    body_name: str
    action: str
    number: str


def answers_for_county(viewer: Viewer) -> bool:
    return viewer.body_level == "county" and not viewer.room and bool(viewer.county_code)


async def readings_for(viewer: Viewer, *, before: datetime | None = None) -> list[Reading]:
    """Newest first, one more than a page; `before` is the moment of the last line shown, which comes again."""
    values = viewer_values(viewer)
    seen, whose = f"({VISIBLE})", "s.body_id = $5"
    if answers_for_county(viewer):
        values[4] = viewer.county_code
        seen = f"({rows_of(COUNTY)})"
        whose = """s.body_id IN (SELECT b.code FROM body b JOIN region g ON g.code = b.region_id
          WHERE g.code = $5 OR g.parent_id = $5)"""
    values += [text_list(READ), text_list(WITHOUT_REPORT), to_millis(before) if before else 2**62]
    sql = f"""SELECT e.at, e.action, s.name, b.name AS body_name, r.number FROM event e
      JOIN staff s ON e.actor = 'staff:' || s.id JOIN body b ON b.code = s.body_id
      LEFT JOIN report r ON r.id = e.report_id
      WHERE {whose} AND e.at <= $8 AND ((e.action in_list($6) AND r.id IS NOT NULL AND {seen})
        OR (e.action in_list($7) AND e.report_id IS NULL))
      ORDER BY e.at DESC, s.id, e.action, r.number LIMIT {PAGE + 1}"""
    return [
        Reading(
            at=from_millis(row["at"]),
            name=row["name"],
            body_name=row["body_name"],
            action=row["action"],
            number=row["number"] or "",
        )
        for row in await rows(sql, *values)
    ]
