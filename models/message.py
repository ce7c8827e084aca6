"""往来消息."""

from tortoise import fields
from tortoise.models import Model

from models.choices import Speaker
from models.fields import InstantField, RandomIdField
from models.report import Report
from models.staff import Staff


class Message(Model):
    """往来消息: what was said between the reporter and the body, the first one is the report itself.

    What a liaison answered, and what staff typed from a voice, the reporter never sees. A reply may be held until
    `leaves_at` and withdrawn before; the reporter sees neither. `is_read`: they opened it where that can be known,
    and when is not kept, for it would tell of an anonymous reporter.
    """

    id = RandomIdField()
    report: fields.ForeignKeyRelation[Report] = fields.ForeignKeyField(
        "models.Report", related_name="messages", on_delete=fields.OnDelete.CASCADE
    )
    report_id: str
    speaker = fields.CharEnumField(Speaker, max_length=16)
    staff: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", related_name="messages", null=True, on_delete=fields.OnDelete.RESTRICT
    )
    staff_id: int | None
    sealed_text = fields.BinaryField()
    said_at = InstantField()
    leaves_at = InstantField(null=True)
    withdrawn_at = InstantField(null=True)
    is_read = fields.BooleanField(default=False)

    class Meta:
        table = "message"
        indexes = (("report_id", "said_at"),)
