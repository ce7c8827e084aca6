"""What did not reach a reporter, of the reports that a viewer sees: the desk on which it ends."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from access.predicate import PARAMETERS, VISIBLE, viewer_values
from access.viewer import Viewer
from clients.database import rows
from models.fields import from_millis

MOST: Final = 100
# Of staff nobody else learns whether they were told: it would say who is kept away. An answer to somebody who asked
# for recusal is between the two. What was never sent in the chat, or is no longer linked to one, cannot be sent again.
DEAD: Final = f"""n.status = 'failed' AND n.staff_id IS NULL AND n.liaison_id IS NULL
  AND n.reason NOT IN ('no-chat', 'unlinked')
  AND NOT EXISTS (SELECT 1 FROM recusal_request q WHERE n.message_id IN (q.message_id, q.answer_id))
  AND {VISIBLE}"""
SHOWN = f"""SELECT n.id, n.notice, n.reason, n.settled_at, r.number, p.name AS region_name
  FROM outbox_notice n JOIN report r ON r.id = n.report_id JOIN region p ON p.code = r.region_id
  WHERE {DEAD} ORDER BY n.settled_at DESC, n.id LIMIT {MOST}"""
ONE = f"""SELECT n.id, n.report_id FROM outbox_notice n JOIN report r ON r.id = n.report_id
  WHERE n.id = ${PARAMETERS + 1} AND {DEAD}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undelivered:
    id: str
    notice: str
    reason: str
    number: str
    region_name: str
    gave_up_at: datetime


async def list_undelivered(viewer: Viewer) -> list[Undelivered]:
    """The newest first."""
    return [_read(row) for row in await rows(SHOWN, *viewer_values(viewer))]


async def report_of_undelivered(viewer: Viewer, *, notice_id: str) -> str | None:
    """The report's id; None when there is no such notice for this viewer."""
    found = await rows(ONE, *viewer_values(viewer), notice_id)
    return str(found[0]["report_id"]) if found else None


def _read(row: Any) -> Undelivered:
    return Undelivered(
        id=row["id"],
        notice=row["notice"],
        reason=row["reason"],
        number=row["number"],
        region_name=row["region_name"],
        gave_up_at=from_millis(row["settled_at"]),
    )
