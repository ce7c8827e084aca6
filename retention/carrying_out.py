"""What was confirmed is carried out by the worker, one report a transaction: whoever is killed loses none, and who goes
on begins where the items say."""

import asyncio
import logging
from datetime import datetime
from typing import Final

from tortoise.expressions import F
from tortoise.transactions import in_transaction

from access.retention import is_due
from clients.database import connection, is_sqlite, rows
from delivery.periodic import tick
from models.report import Report
from models.retention_plan import RetentionItem, RetentionPlan
from organisation.house import House
from retention.destroy import destroy
from retention.rules import limits
from retention.short_lived import forget

log = logging.getLogger(__name__)
EVERY_SECONDS, LOOK_SECONDS = 600, 10
AT_ONCE: Final = 50


async def run_retention(*, house: House) -> None:
    """Until cancelled, in as many processes as like; a failure ends it, to be begun again."""
    while True:
        if await carry_out_some(house=house):
            continue
        if await tick("retention", every_seconds=EVERY_SECONDS, at=house.clock.now()):
            await forget(house=house)
        await asyncio.sleep(LOOK_SECONDS)


async def carry_out_some(*, house: House) -> int:
    """Answers how many items it settled."""
    waiting = await RetentionItem.filter(is_confirmed=True).order_by("id").limit(AT_ONCE)
    for item in waiting:
        for name in await _settle(item, house=house, at=house.clock.now()):
            # whoever is killed here leaves noise, which the sweeping of the media takes away
            await house.media.drop(name)
    if waiting and is_sqlite(connection()):
        # what was deleted is overwritten in the file; here its log is cut off, too
        await rows("PRAGMA wal_checkpoint(TRUNCATE)")
    return len(waiting)


async def _settle(item: RetentionItem, *, house: House, at: datetime) -> list[str]:
    media: list[str] = []
    async with in_transaction():
        await rows("SELECT id FROM report WHERE id = $1 FOR UPDATE", item.report_id)
        if not await RetentionItem.exists(id=item.id):
            # another worker was quicker
            return []
        is_gone = await _is_still_due(item.report_id, at=at)
        if is_gone:
            report = await Report.get(id=item.report_id)
            media = await destroy(report, plan_id=item.plan_id, house=house, at=at)
        await RetentionItem.filter(id=item.id).delete()
        plan = RetentionPlan.filter(id=item.plan_id)
        await plan.update(**({"done": F("done") + 1} if is_gone else {"kept": F("kept") + 1}))
        await plan.filter(total=F("done") + F("kept")).update(finished_at=at)
    return media


async def _is_still_due(report_id: str, *, at: datetime) -> bool:
    """Something may have been said, or somebody may hold it, since it was confirmed."""
    values = [report_id]
    due = is_due(await limits(at=at), values=values)
    return bool(await rows(f"SELECT r.id FROM report r WHERE r.id = $1 AND {due}", *values))
