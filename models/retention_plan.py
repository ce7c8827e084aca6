"""销毁计划."""

from tortoise import fields
from tortoise.models import Model

from models.body import Body
from models.fields import InstantField, RandomIdField
from models.report import Report
from models.staff import Staff


class RetentionPlan(Model):
    """销毁计划: reports of one body whose time is over, proposed by one person and confirmed by another.

    `total` is how many were confirmed, `done` how many of them are destroyed, `kept` how many turned out to be not
    due any more. Finished once every item is settled.
    """

    id = RandomIdField()
    body: fields.ForeignKeyRelation[Body] = fields.ForeignKeyField(
        "models.Body", related_name="retention_plans", on_delete=fields.OnDelete.RESTRICT
    )
    body_id: str
    proposed_by: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", related_name="retention_proposed", on_delete=fields.OnDelete.RESTRICT
    )
    proposed_by_id: int
    proposed_at = InstantField()
    confirmed_by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", related_name="retention_confirmed", null=True, on_delete=fields.OnDelete.RESTRICT
    )
    confirmed_by_id: int | None
    confirmed_at = InstantField(null=True)
    withdrawn_at = InstantField(null=True)
    finished_at = InstantField(null=True)
    total = fields.IntField(default=0)
    done = fields.IntField(default=0)
    kept = fields.IntField(default=0)

    class Meta:
        table = "retention_plan"
        indexes = (("body_id", "proposed_at"),)


class RetentionItem(Model):
    """销毁计划的一件: a report of a plan.

    What is left of them is all the progress that is kept.
    """

    id = RandomIdField()
    plan: fields.ForeignKeyRelation[RetentionPlan] = fields.ForeignKeyField(
        "models.RetentionPlan", related_name="items", on_delete=fields.OnDelete.CASCADE
    )
    plan_id: str
    report: fields.ForeignKeyRelation[Report] = fields.ForeignKeyField(
        "models.Report", related_name="retention_items", on_delete=fields.OnDelete.CASCADE
    )
    report_id: str
    is_confirmed = fields.BooleanField(default=False)

    class Meta:
        table = "retention_item"
        unique_together = (("plan", "report"),)
        indexes = (("report_id",), ("is_confirmed", "id"))
