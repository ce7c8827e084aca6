"""区划."""

from tortoise import fields
from tortoise.models import Model

from models.choices import RegionLevel


class Region(Model):
    """区划: statistical division code (12 digits, a group is its village's plus three)."""

    code = fields.CharField(max_length=15, primary_key=True)
    name = fields.CharField(max_length=64)
    level = fields.CharEnumField(RegionLevel, max_length=16)
    parent: fields.ForeignKeyNullableRelation["Region"] = fields.ForeignKeyField(
        "models.Region", null=True, related_name="children", on_delete=fields.OnDelete.RESTRICT
    )
    parent_id: str | None
    village_type = fields.CharField(max_length=16, default="")
    households = fields.IntField(null=True)
    is_active = fields.BooleanField(default=True)

    class Meta:
        table = "region"
        indexes = (("parent_id",),)
