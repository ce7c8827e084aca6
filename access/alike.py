"""How many other open reports say the same, among those that whoever asks may see."""

from dataclasses import dataclass
from datetime import datetime

from access.predicate import IN_PLACE, PARAMETERS, VISIBLE, viewer_values
from access.viewer import Viewer
from clients.database import rows
from models.fields import to_millis
from models.report import Report

OPEN = "r.status NOT IN ('declined', 'closed')"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Counted without the report itself: of the same person, and of the same place and area."""

    subject: int
    place: int


async def count_alike(viewer: Viewer, *, report: Report, since: datetime) -> Alike:
    own, after, subject, region, area = (f"${PARAMETERS + n}" for n in range(1, 6))
    is_subject = f"r.subject_name_index = {subject}"
    is_place = f"r.region_id = {region} AND r.area_id = {area}"
    found = await rows(
        f"""SELECT COALESCE(SUM(CASE WHEN {is_subject} THEN 1 ELSE 0 END), 0) AS subject,
          COALESCE(SUM(CASE WHEN {is_place} THEN 1 ELSE 0 END), 0) AS place
        FROM report r WHERE {VISIBLE} AND {IN_PLACE} AND {OPEN} AND r.id <> {own} AND r.submitted_at >= {after}
          AND ({is_subject} OR ({is_place}))""",
        *viewer_values(viewer),
        report.id,
        to_millis(since),
        report.subject_name_index or "",
        report.region_id,
        report.area_id,
    )
    return Alike(subject=int(found[0]["subject"]), place=int(found[0]["place"]))
