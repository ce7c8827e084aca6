"""小程序会话."""

from tortoise import fields
from tortoise.models import Model

from models.fields import InstantField, RandomIdField
from models.report import Report


class ApiSession(Model):
    """小程序会话: a bearer token of the API.

    `person_index` says whose reports it sees (an anonymous session is a person of its own); with `report`
    set, it was opened by a receipt and sees that one report only.
    """

    id = RandomIdField()
    token_index = fields.CharField(max_length=64, unique=True)
    role = fields.CharField(max_length=16)
    person_index = fields.CharField(max_length=64)
    sealed_openid = fields.BinaryField(null=True)
    report: fields.ForeignKeyNullableRelation[Report] = fields.ForeignKeyField(
        "models.Report", related_name="api_sessions", null=True, on_delete=fields.OnDelete.CASCADE
    )
    report_id: str | None
    day = fields.BigIntField(default=0)
    day_messages = fields.IntField(default=0)
    day_reports = fields.IntField(default=0)
    minute = fields.BigIntField(default=0)
    minute_messages = fields.IntField(default=0)
    created_at = InstantField()
    expires_at = InstantField()

    class Meta:
        table = "api_session"
        indexes = (("person_index",), ("expires_at",))
