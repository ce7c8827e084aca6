"""发件箱."""

from tortoise import fields
from tortoise.models import Model

from models.choices import DeliveryStatus
from models.fields import InstantField, RandomIdField
from models.liaison import Liaison
from models.message import Message
from models.report import Report
from models.staff import Staff


class OutboxNotice(Model):
    """发件: one notice to one recipient, written in the transaction of what it tells.

    The recipient is the staff member, the liaison, or (neither set) the reporter. `dedupe_key` makes a notice
    impossible to write twice. `lane` is the line it waits in (`delivery.claiming.lane_of`). `sealed_payload` is
    sealed under the report's data key.
    """

    id = RandomIdField()
    dedupe_key = fields.CharField(max_length=96, unique=True)
    notice = fields.CharField(max_length=32)
    report: fields.ForeignKeyRelation[Report] = fields.ForeignKeyField(
        "models.Report", related_name="notices", on_delete=fields.OnDelete.CASCADE
    )
    report_id: str
    message: fields.ForeignKeyNullableRelation[Message] = fields.ForeignKeyField(
        "models.Message", related_name="notices", null=True, on_delete=fields.OnDelete.CASCADE
    )
    message_id: str | None
    staff: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", related_name="notices", null=True, on_delete=fields.OnDelete.CASCADE
    )
    staff_id: int | None
    liaison: fields.ForeignKeyNullableRelation[Liaison] = fields.ForeignKeyField(
        "models.Liaison", related_name="notices", null=True, on_delete=fields.OnDelete.CASCADE
    )
    liaison_id: int | None
    lane = fields.CharField(max_length=24, default="")
    sealed_payload = fields.BinaryField()
    status = fields.CharEnumField(DeliveryStatus, max_length=16, default=DeliveryStatus.WAITING)
    channel = fields.CharField(max_length=16, default="")
    reason = fields.CharField(max_length=48, default="")
    tries = fields.IntField(default=0)
    next_at = InstantField()
    lease_until = InstantField(null=True)
    lease_by = fields.CharField(max_length=32, default="")
    created_at = InstantField()
    settled_at = InstantField(null=True)

    class Meta:
        table = "outbox_notice"
        indexes = (
            ("status", "lane", "created_at", "id", "next_at"),
            ("lease_until",),
            ("report_id",),
            ("message_id",),
        )
