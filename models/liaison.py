"""村级监督联络员."""

from tortoise import fields
from tortoise.models import Model

from models.choices import LiaisonRole
from models.region import Region


class Liaison(Model):
    """村级监督联络员: lives among the people concerned and never sees a reporter or a report's words.

    While the chief `is_away` alerts go to a deputy.
    """

    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=64)
    village: fields.ForeignKeyRelation[Region] = fields.ForeignKeyField(
        "models.Region", related_name="village_liaisons", on_delete=fields.OnDelete.RESTRICT
    )
    village_id: str
    group: fields.ForeignKeyNullableRelation[Region] = fields.ForeignKeyField(
        "models.Region", related_name="group_liaisons", null=True, on_delete=fields.OnDelete.RESTRICT
    )
    group_id: str | None
    role = fields.CharEnumField(LiaisonRole, max_length=16)
    phone = fields.CharField(max_length=32, unique=True)
    bind_code_index = fields.CharField(max_length=64, null=True)
    sealed_openid = fields.BinaryField(null=True)
    openid_index = fields.CharField(max_length=64, null=True)
    mini_index = fields.CharField(max_length=64, null=True)
    is_away = fields.BooleanField(default=False)
    is_active = fields.BooleanField(default=True)

    class Meta:
        table = "liaison"
        indexes = (("village_id",), ("openid_index",), ("mini_index",))
