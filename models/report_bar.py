"""回避名单."""

from tortoise import fields
from tortoise.models import Model

from models.body import Body
from models.choices import BarCause
from models.fields import InstantField, RandomIdField
from models.liaison import Liaison
from models.report import Report
from models.staff import Staff


class ReportBar(Model):
    """回避名单: somebody (staff, liaison or a whole body) for whom a report does not exist.

    Made by routing when the report is decided, read by `access` in every query. A bar is never removed:
    `lifted_at` says when and `lifted_by` who found it unfounded.
    """

    id = RandomIdField()
    report: fields.ForeignKeyRelation[Report] = fields.ForeignKeyField(
        "models.Report", related_name="bars", on_delete=fields.OnDelete.CASCADE
    )
    report_id: str
    staff: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", related_name="bars", null=True, on_delete=fields.OnDelete.RESTRICT
    )
    staff_id: int | None
    liaison: fields.ForeignKeyNullableRelation[Liaison] = fields.ForeignKeyField(
        "models.Liaison", related_name="bars", null=True, on_delete=fields.OnDelete.RESTRICT
    )
    liaison_id: int | None
    body: fields.ForeignKeyNullableRelation[Body] = fields.ForeignKeyField(
        "models.Body", related_name="bars", null=True, on_delete=fields.OnDelete.RESTRICT
    )
    body_id: str | None
    cause = fields.CharEnumField(BarCause, max_length=16)
    sealed_reason = fields.BinaryField()
    since_at = InstantField()
    lifted_at = InstantField(null=True)
    lifted_by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", related_name="lifted_bars", null=True, on_delete=fields.OnDelete.RESTRICT
    )
    lifted_by_id: int | None

    class Meta:
        table = "report_bar"
        indexes = (("report_id",), ("staff_id", "report_id"), ("body_id", "report_id"))
