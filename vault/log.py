"""The append-only log (Rules art. 52): inserted in the transaction of what it tells, never changed."""

from datetime import datetime
from typing import Any

from clients.inserting import insert_together
from models.event import Event


async def record(
    action: str,
    *,
    by: str,
    at: datetime,
    report_id: str | None = None,
    object_id: str = "",
    data: dict[str, Any] | None = None,
) -> None:
    """`by` is `staff:<id>`, `liaison:<id>`, `reporter` or `system`; `data` holds ids and keys, never words."""
    await insert_together(event_of(action, by=by, at=at, report_id=report_id, object_id=object_id, data=data))


def event_of(
    action: str,
    *,
    by: str,
    at: datetime,
    report_id: str | None = None,
    object_id: str = "",
    data: dict[str, Any] | None = None,
) -> Event:
    """What `record` writes, for who inserts it together with other rows."""
    return Event(at=at, actor=by, action=action, report_id=report_id, object_id=object_id, data=data or {})
