"""The append-only log (Rules art. 52): inserted in the transaction of what it tells, never changed."""

from datetime import datetime
from typing import Any

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
    await Event.create(
        at=at, actor=by, action=action, report_id=report_id, object_id=object_id, data=data or {}
    )
