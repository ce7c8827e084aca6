"""回避登记."""

from tortoise import fields
from tortoise.models import Model

from models.body import Body
from models.choices import RecusalFrom
from models.liaison import Liaison
from models.staff import Staff


class Recusal(Model):
    """回避登记: exactly one of staff, liaison and body is kept away from a person, a region or a body.

    `from_value` is a person's name, a region code or a body code, as `from_kind` says. `removal_asked_by` is the
    first of the two people who have to ask for its removal.
    """

    id = fields.IntField(primary_key=True)
    staff: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", related_name="recusals", null=True, on_delete=fields.OnDelete.RESTRICT
    )
    staff_id: int | None
    liaison: fields.ForeignKeyNullableRelation[Liaison] = fields.ForeignKeyField(
        "models.Liaison", related_name="recusals", null=True, on_delete=fields.OnDelete.RESTRICT
    )
    liaison_id: int | None
    body: fields.ForeignKeyNullableRelation[Body] = fields.ForeignKeyField(
        "models.Body", related_name="recusals", null=True, on_delete=fields.OnDelete.RESTRICT
    )
    body_id: str | None
    from_kind = fields.CharEnumField(RecusalFrom, max_length=16)
    from_value = fields.CharField(max_length=64)
    reason = fields.CharField(max_length=255, default="")
    is_active = fields.BooleanField(default=True)
    removal_asked_by = fields.CharField(max_length=48, default="")

    class Meta:
        table = "recusal"
