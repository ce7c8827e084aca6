"""The append-only log (Rules art. 52): inserted in the transaction of what it tells, never changed."""

from collections.abc import Iterable
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


async def record_each(action: str, *, by: str, at: datetime, report_ids: Iterable[str]) -> None:
    """The same of many reports, in one trip."""
    await Event.bulk_create([event_of(action, by=by, at=at, report_id=id) for id in report_ids])


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
    return Event.construct(
        at=at, actor=by, action=action, report_id=report_id, object_id=object_id, data=data or {}
    )
