"""回避请求."""

from tortoise import fields
from tortoise.models import Model

from models.fields import InstantField, RandomIdField
from models.message import Message
from models.report import Report
from models.staff import Staff


class RecusalRequest(Model):
    """回避请求: a reporter asks that somebody, or a whole body, keeps away from their report.

    What was asked and what was answered are messages like others, so they are matched like others; who may
    read these two is in `dossier.requests`. Settled by a leader once, granted or refused.
    """

    id = RandomIdField()
    report: fields.ForeignKeyRelation[Report] = fields.ForeignKeyField(
        "models.Report", related_name="recusal_requests", on_delete=fields.OnDelete.CASCADE
    )
    report_id: str
    message: fields.ForeignKeyRelation[Message] = fields.ForeignKeyField(
        "models.Message", related_name="asking_recusal", on_delete=fields.OnDelete.CASCADE
    )
    message_id: str
    answer: fields.ForeignKeyNullableRelation[Message] = fields.ForeignKeyField(
        "models.Message", related_name="answering_recusal", null=True, on_delete=fields.OnDelete.RESTRICT
    )
    answer_id: str | None
    asked_at = InstantField()
    settled_at = InstantField(null=True)
    settled_by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", related_name="settled_recusal_requests", null=True, on_delete=fields.OnDelete.RESTRICT
    )
    settled_by_id: int | None
    is_granted = fields.BooleanField(default=False)

    class Meta:
        table = "recusal_request"
        indexes = (("report_id", "settled_at"),)
