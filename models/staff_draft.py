"""草稿."""

from tortoise import fields
from tortoise.models import Model

from models.fields import InstantField, RandomIdField
from models.report import Report
from models.staff import Staff


class StaffDraft(Model):
    """草稿: what somebody has begun to write on a form of the console and not sent, one for each person and form.

    `form` is the action, with the object it is about behind a colon where a page holds several of one kind. Without
    a report the draft has a key of its own; else it is sealed under the report's, and goes with it.
    """

    id = RandomIdField()
    staff: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", related_name="drafts", on_delete=fields.OnDelete.CASCADE
    )
    staff_id: int
    report: fields.ForeignKeyNullableRelation[Report] = fields.ForeignKeyField(
        "models.Report", related_name="staff_drafts", null=True, on_delete=fields.OnDelete.CASCADE
    )
    report_id: str | None
    form = fields.CharField(max_length=96)
    data_key = fields.BinaryField(null=True)
    sealed_fields = fields.BinaryField()
    saved_at = InstantField()

    class Meta:
        table = "staff_draft"
        indexes = (("staff_id", "saved_at"), ("report_id",), ("saved_at",))
