"""撤回销毁计划: nothing goes by it; whoever sees a report of it may, since somebody could have left."""

from tortoise.transactions import in_transaction

from access.retention import count_waiting
from access.viewer import Viewer
from models.retention_plan import RetentionItem
from organisation.house import House
from retention.confirm import waiting_plan
from retention.errors import PlanNotFound
from retention.rules import limits
from vault.log import record


async def withdraw(plan_id: str, *, by: Viewer, house: House) -> None:
    """Raises `PlanNotFound`."""
    at = house.clock.now()
    async with in_transaction():
        plan = await waiting_plan(plan_id, by=by)
        if plan.id not in await count_waiting(by, limits=await limits(at=at)):
            raise PlanNotFound
        await RetentionItem.filter(plan_id=plan.id).delete()
        plan.withdrawn_at = at
        await plan.save(update_fields=["withdrawn_at"])
        await record("retention.withdraw", by=by.actor, at=at, object_id=plan.id)
