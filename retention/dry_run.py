"""What would go, were all of it proposed and confirmed: counted over everything, for who keeps the machine."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from access.retention import COUNTED, GROUPED, STAYS, Count, is_due
from clients.database import rows
from retention.rules import limits


@dataclass(frozen=True, slots=True, kw_only=True)
class DryRun:
    """`held` stay past their time for a reason or for a referral without a result; `confirmed` wait for the worker."""

    due: Sequence[Count]
    held: int
    confirmed: int
    past: int


async def dry_run(*, at: datetime) -> DryRun:
    values: list[Any] = []
    due = is_due(await limits(at=at), values=values)
    found = await rows(f"{COUNTED} WHERE {due} {GROUPED} ORDER BY r.kind, r.status", *values)
    return DryRun(
        due=[Count(kind=row["kind"] or "", status=row["status"], many=row["many"]) for row in found],
        held=await _many(f"SELECT COUNT(*) AS many FROM report r WHERE {STAYS}"),
        confirmed=await _many("SELECT COUNT(*) AS many FROM retention_item WHERE is_confirmed"),
        past=await _many("SELECT COUNT(*) AS many FROM past_report"),
    )


async def _many(sql: str) -> int:
    return int((await rows(sql))[0]["many"])
