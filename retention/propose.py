"""提出销毁: what is due and seen by whoever proposes becomes a plan; nothing goes by it."""

from tortoise.transactions import in_transaction

from access.retention import ids_due
from access.viewer import Viewer
from models.fields import new_id
from models.retention_plan import RetentionItem, RetentionPlan
from organisation.house import House
from retention.errors import NothingDue
from retention.rules import limits
from vault.log import record


async def propose(*, by: Viewer, house: House) -> str:
    """The plan's id. Raises `NothingDue`."""
    at = house.clock.now()
    async with in_transaction():
        due = await ids_due(by, limits=await limits(at=at))
        if not due:
            raise NothingDue
        plan = await RetentionPlan.create(
            id=new_id(), body_id=by.body_code, proposed_by_id=by.staff_id, proposed_at=at
        )
        await RetentionItem.bulk_create(
            [RetentionItem(id=new_id(), plan_id=plan.id, report_id=report_id) for report_id in due]
        )
        await record("retention.propose", by=by.actor, at=at, object_id=plan.id, data={"reports": len(due)})
    return plan.id
