"""回复草稿."""

from tortoise import fields
from tortoise.models import Model

from models.fields import InstantField, RandomIdField
from models.report import Report
from models.staff import Staff


class ReplyDraft(Model):
    """回复草稿: words to the reporter that somebody has begun and not sent, one for each person and report."""

    id = RandomIdField()
    report: fields.ForeignKeyRelation[Report] = fields.ForeignKeyField(
        "models.Report", related_name="reply_drafts", on_delete=fields.OnDelete.CASCADE
    )
    report_id: str
    staff: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", related_name="reply_drafts", on_delete=fields.OnDelete.CASCADE
    )
    staff_id: int
    sealed_text = fields.BinaryField()
    saved_at = InstantField()

    class Meta:
        table = "reply_draft"
        unique_together = (("report", "staff"),)
