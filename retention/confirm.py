"""确认销毁: another leader agrees to what both see. What whoever confirms may not see stays, and so does what is not
due any more."""

from tortoise.transactions import in_transaction

from access.retention import items_to_confirm
from access.viewer import Viewer
from clients.database import rows
from models.choices import Role
from models.retention_plan import RetentionItem, RetentionPlan
from organisation.house import House
from retention import texts
from retention.errors import NotTheirs, PlanNotFound
from retention.rules import limits
from vault.log import record


async def confirm(plan_id: str, *, by: Viewer, house: House) -> None:
    """Raises `PlanNotFound` or `NotTheirs`; nothing is changed then."""
    at = house.clock.now()
    async with in_transaction():
        plan = await waiting_plan(plan_id, by=by)
        agreed = await items_to_confirm(by, plan_id=plan.id, limits=await limits(at=at))
        if not agreed:
            raise PlanNotFound
        if by.role != Role.LEADER:
            raise NotTheirs(texts.CONFIRM_BY_LEADER)
        if plan.proposed_by_id == by.staff_id:
            raise NotTheirs(texts.CONFIRM_BY_ANOTHER)
        await RetentionItem.filter(id__in=agreed).update(is_confirmed=True)
        await RetentionItem.filter(plan_id=plan.id, is_confirmed=False).delete()
        plan.confirmed_by_id, plan.confirmed_at, plan.total = by.staff_id, at, len(agreed)
        await plan.save(update_fields=["confirmed_by_id", "confirmed_at", "total"])
        await record(
            "retention.confirm", by=by.actor, at=at, object_id=plan.id, data={"reports": len(agreed)}
        )


async def waiting_plan(plan_id: str, *, by: Viewer) -> RetentionPlan:
    """Of the viewer's body, its row locked until the transaction ends. Raises `PlanNotFound`."""
    await rows("SELECT id FROM retention_plan WHERE id = $1 FOR UPDATE", plan_id)
    plan = await RetentionPlan.get_or_none(id=plan_id, body_id=by.body_code)
    if plan is None or plan.confirmed_at is not None or plan.withdrawn_at is not None:
        raise PlanNotFound
    return plan
