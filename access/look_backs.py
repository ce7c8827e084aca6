"""Closed reports of a viewer that are to be looked back at by now."""

from datetime import datetime

from access.predicate import PARAMETERS, VISIBLE, viewer_values
from access.reports import ROW, ReportRow, row_of
from access.viewer import Viewer
from clients.database import rows
from models.fields import to_millis


async def due_look_backs(viewer: Viewer, *, day_ends_at: datetime, limit: int = 8) -> list[ReportRow]:
    sql = f"""{ROW} JOIN case_record c ON c.report_id = r.id AND c.outcome = 'open' AND c.kind = 'look-back'
      AND c.due_at <= ${PARAMETERS + 1} WHERE {VISIBLE} ORDER BY c.due_at, r.number LIMIT {limit}"""
    return [row_of(row) for row in await rows(sql, *viewer_values(viewer), to_millis(day_ends_at))]
