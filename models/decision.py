"""分流决定."""

from tortoise import fields
from tortoise.models import Model

from models.body import Body
from models.fields import InstantField, RandomIdField
from models.report import Report
from models.staff import Staff


class RoutingDecision(Model):
    """分流决定: why a body answers for a report, the reasons may name people and are sealed."""

    id = RandomIdField()
    report: fields.ForeignKeyRelation[Report] = fields.ForeignKeyField(
        "models.Report", related_name="decisions", on_delete=fields.OnDelete.CASCADE
    )
    report_id: str
    body: fields.ForeignKeyRelation[Body] = fields.ForeignKeyField(
        "models.Body", related_name="decisions", on_delete=fields.OnDelete.RESTRICT
    )
    body_id: str
    rule = fields.CharField(max_length=32)
    cause = fields.CharField(max_length=32)
    sealed_reasons = fields.BinaryField()
    table_version = fields.BigIntField()
    by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", related_name="decisions", null=True, on_delete=fields.OnDelete.RESTRICT
    )
    by_id: int | None
    decided_at = InstantField()

    class Meta:
        table = "routing_decision"
        indexes = (("report_id", "decided_at"),)
