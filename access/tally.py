"""How many reports there have been, the destroyed among them: figures that stay the same whatever was destroyed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final

from access.predicate import PARAMETERS, VISIBLE, viewer_values
from access.viewer import Viewer
from clients.database import rows
from models.fields import to_millis

YEARS: Final = 12
EARLIER: Final = 0
# a destroyed report has bars of its own kind, and no matcher to wait for
PAST_UNBARRED: Final = """NOT EXISTS (SELECT 1 FROM past_bar bar WHERE bar.past_id = r.id
    AND bar.who_index IN ($1, $2))"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Reports of one local year (`EARLIER`: before the last `YEARS`), kind (empty: none was set) and status."""

    year: int
    kind: str
    status: str
    many: int


async def tally(viewer: Viewer, *, at: datetime, timezone: tzinfo) -> Sequence[Tally]:
    """Of the viewer's body, as far as they may know of them; the newest year first."""
    this_year = at.astimezone(timezone).year
    begun = [datetime(this_year - back, 1, 1, tzinfo=timezone) for back in range(YEARS)]
    cases = " ".join(
        f"WHEN r.submitted_at >= ${PARAMETERS + place} THEN {day.year}" for place, day in enumerate(begun, 1)
    )
    year = f"CASE {cases} ELSE {EARLIER} END"
    sql = f"""SELECT year, kind, status, SUM(many) AS many FROM (
      SELECT {year} AS year, COALESCE(r.kind, '') AS kind, r.status, COUNT(*) AS many FROM report r
        WHERE {VISIBLE} GROUP BY 1, 2, 3
      UNION ALL SELECT {year} AS year, COALESCE(r.kind, '') AS kind, r.status, COUNT(*) AS many FROM past_report r
        WHERE $4 AND r.owner_id = $5 AND {PAST_UNBARRED} GROUP BY 1, 2, 3) counted
      GROUP BY year, kind, status ORDER BY year DESC, kind, status"""
    found = await rows(sql, *viewer_values(viewer), *(to_millis(day) for day in begun))
    return [
        Tally(year=row["year"], kind=row["kind"], status=row["status"], many=int(row["many"]))
        for row in found
    ]
