"""查看身份."""

from tortoise import fields
from tortoise.models import Model

from models.fields import InstantField, RandomIdField
from models.report import Report
from models.staff import Staff


class IdentityLook(Model):
    """查看身份: somebody of the owning body asked who reported, and why they had to know."""

    id = RandomIdField()
    report: fields.ForeignKeyRelation[Report] = fields.ForeignKeyField(
        "models.Report", related_name="identity_looks", on_delete=fields.OnDelete.CASCADE
    )
    report_id: str
    staff: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", related_name="identity_looks", on_delete=fields.OnDelete.RESTRICT
    )
    staff_id: int
    sealed_reason = fields.BinaryField()
    looked_at = InstantField()

    class Meta:
        table = "identity_look"
        indexes = (("report_id", "looked_at"),)
