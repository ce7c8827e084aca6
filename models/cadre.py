"""登记在册干部."""

from tortoise import fields
from tortoise.models import Model

from models.choices import CadreLevel
from models.region import Region


class Cadre(Model):
    """登记在册干部: somebody a report may be about, `aliases` is split by semicolons."""

    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=64)
    aliases = fields.CharField(max_length=255, default="")
    post = fields.CharField(max_length=64, default="")
    unit = fields.CharField(max_length=128, default="")
    level = fields.CharEnumField(CadreLevel, max_length=16)
    region: fields.ForeignKeyRelation[Region] = fields.ForeignKeyField(
        "models.Region", related_name="cadres", on_delete=fields.OnDelete.RESTRICT
    )
    region_id: str
    is_active = fields.BooleanField(default=True)

    class Meta:
        table = "cadre"
        unique_together = (("name", "post", "unit", "region"),)
