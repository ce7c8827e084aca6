"""Reports that may be the same again: of one reporter, about one person or with one photo, among those one may see."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from access.predicate import PARAMETERS, VISIBLE, viewer_values
from access.viewer import Viewer
from clients.database import rows, text_list
from models.fields import from_millis
from models.report import Report

ALIKE = 3
"""So many of the eight bands of two photos are equal when one is a copy of the other, cut or pressed a little."""

COMPARED = 5_000
"""Equal bands that are looked at, all of what the viewer sees: what is hidden never crowds out what is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """`is_linked`: registered as one matter with the report that was asked about."""

    number: str
    status: str
    region_name: str
    area_name: str
    submitted_at: datetime
    is_same_reporter: bool
    is_same_subject: bool
    is_same_photo: bool
    is_linked: bool


async def find_repeats(
    viewer: Viewer, *, report: Report, has_photos: bool = True, limit: int = 10
) -> list[Repeat]:
    """What is linked first, then the newest. By blind indexes: nothing is opened.

    `has_photos` is no where the report is known to hold none.
    """
    own, root, reporter, phone, subject, alike = (f"${PARAMETERS + n}" for n in range(1, 7))
    is_reporter = f"(r.reporter_index = {reporter} OR r.phone_index = {phone})"
    is_subject = f"r.subject_name_index = {subject}"
    is_photo = f"r.id in_list({alike})"
    is_linked = f"(r.id = {root} OR r.repeat_of = {root})"
    found = await rows(
        f"""SELECT r.number, r.status, r.submitted_at, a.name AS area_name, p.name AS region_name,
          CASE WHEN {is_reporter} THEN 1 ELSE 0 END AS same_reporter,
          CASE WHEN {is_subject} THEN 1 ELSE 0 END AS same_subject,
          CASE WHEN {is_photo} THEN 1 ELSE 0 END AS same_photo,
          CASE WHEN {is_linked} THEN 1 ELSE 0 END AS linked
        FROM report r JOIN area a ON a.code = r.area_id JOIN region p ON p.code = r.region_id
        WHERE {VISIBLE} AND r.id <> {own} AND ({is_reporter} OR {is_subject} OR {is_photo} OR {is_linked})
        ORDER BY linked DESC, r.submitted_at DESC, r.number LIMIT {limit}""",
        *viewer_values(viewer),
        report.id,
        report.repeat_of or report.id,
        # an index is never empty, so that nothing is alike where nothing is known
        report.reporter_index or "",
        report.phone_index or "",
        report.subject_name_index or "",
        text_list(await with_same_photo(viewer, report=report, limit=limit) if has_photos else []),
    )
    return [_repeat(row) for row in found]


async def with_same_photo(viewer: Viewer, *, report: Report, limit: int) -> list[str]:
    """Ids of reports that hold a copy of one of its photos, the most alike first."""
    own = f"${PARAMETERS + 1}"
    found = await rows(
        f"""SELECT alike.report_id FROM (
          SELECT same.report_id, COUNT(*) AS bands FROM (
            SELECT theirs.report_id, ours.id AS ours_id, theirs.id AS theirs_id FROM attachment ours
            JOIN photo_mark m ON m.attachment_id = ours.id JOIN photo_mark n ON n.mark = m.mark
            JOIN attachment theirs ON theirs.id = n.attachment_id JOIN report r ON r.id = theirs.report_id
            WHERE ours.report_id = {own} AND r.id <> {own} AND {VISIBLE} LIMIT {COMPARED}
          ) same
          GROUP BY same.report_id, same.ours_id, same.theirs_id HAVING COUNT(*) >= {ALIKE}
        ) alike GROUP BY alike.report_id ORDER BY MAX(alike.bands) DESC, alike.report_id LIMIT {limit}""",
        *viewer_values(viewer),
        report.id,
    )
    return [row["report_id"] for row in found]


async def linked_reports(viewer: Viewer, *, report: Report) -> list[str]:
    """Numbers of those registered as one matter with it that this viewer may see, oldest first."""
    own, root = f"${PARAMETERS + 1}", f"${PARAMETERS + 2}"
    sql = f"""SELECT r.number FROM report r WHERE {VISIBLE} AND r.id <> {own}
      AND (r.id = {root} OR r.repeat_of = {root}) ORDER BY r.submitted_at, r.number"""
    root_id = report.repeat_of or report.id
    return [row["number"] for row in await rows(sql, *viewer_values(viewer), report.id, root_id)]


def _repeat(row: Any) -> Repeat:
    return Repeat(
        number=row["number"],
        status=row["status"],
        region_name=row["region_name"],
        area_name=row["area_name"],
        submitted_at=from_millis(row["submitted_at"]),
        is_same_reporter=bool(row["same_reporter"]),
        is_same_subject=bool(row["same_subject"]),
        is_same_photo=bool(row["same_photo"]),
        is_linked=bool(row["linked"]),
    )
