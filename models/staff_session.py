"""登录会话."""

from tortoise import fields
from tortoise.models import Model

from models.fields import InstantField, RandomIdField
from models.staff import Staff


class StaffSession(Model):
    """登录会话: `token_index` is the keyed hash of the cookie, `is_complete` once every factor was given.

    `agent` is the kind of system and of browser it began in (`console.agents`).
    """

    id = RandomIdField()
    token_index = fields.CharField(max_length=64, unique=True)
    staff: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", related_name="sessions", null=True, on_delete=fields.OnDelete.CASCADE
    )
    staff_id: int | None
    is_complete = fields.BooleanField(default=False)
    sealed_enrolment = fields.BinaryField(null=True)
    agent = fields.CharField(max_length=32, default="")
    created_at = InstantField()
    seen_at = InstantField()
    expires_at = InstantField()

    class Meta:
        table = "staff_session"
        indexes = (("staff_id",), ("expires_at",))
