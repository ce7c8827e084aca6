"""What somebody has begun to write: their own, about reports that they still see or have a row of."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from access.ledger import listed, may_read_ledger
from access.predicate import PARAMETERS, readable, viewer_values
from access.viewer import Viewer
from clients.database import rows
from models.fields import from_millis


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRow:
    """`number` is empty where it is about no report. Nothing of it is sealed."""

    form: str
    number: str
    region_name: str
    area_name: str
    saved_at: datetime


ABOUT = """SELECT d.form, d.saved_at, r.number, p.name AS region_name, a.name AS area_name
  FROM staff_draft d LEFT JOIN report r ON r.id = d.report_id
    LEFT JOIN area a ON a.code = r.area_id LEFT JOIN region p ON p.code = r.region_id"""


async def own_drafts(viewer: Viewer, *, at: datetime) -> list[DraftRow]:
    """The newest first."""
    sql = f"{ABOUT} WHERE d.staff_id = ${PARAMETERS + 1} AND (d.report_id IS NULL OR {readable(viewer)})"
    shown = [_row(row) for row in await rows(sql, *viewer_values(viewer), viewer.staff_id)]
    if may_read_ledger(viewer):
        values, condition = listed(viewer, at=at)
        sql = f"{ABOUT} WHERE d.staff_id = ${len(values) + 1} AND {condition}"
        known = {(one.form, one.number) for one in shown}
        # a row of the ledger says no place
        below = [replace(_row(row), region_name="") for row in await rows(sql, *values, viewer.staff_id)]
        shown += [one for one in below if (one.form, one.number) not in known]
    return sorted(shown, key=lambda one: one.saved_at, reverse=True)


def _row(row: Any) -> DraftRow:
    return DraftRow(
        form=row["form"],
        number=row["number"] or "",
        region_name=row["region_name"] or "",
        area_name=row["area_name"] or "",
        saved_at=from_millis(row["saved_at"]),
    )
