"""领域专办机构."""

from tortoise import fields
from tortoise.models import Model

from models.area import Area
from models.body import Body
from models.choices import Level
from models.region import Region


class Specialist(Model):
    """领域专办: the body a county names for an area and a level, before its general rule."""

    id = fields.IntField(primary_key=True)
    county: fields.ForeignKeyRelation[Region] = fields.ForeignKeyField(
        "models.Region", related_name="specialists", on_delete=fields.OnDelete.RESTRICT
    )
    county_id: str
    area: fields.ForeignKeyRelation[Area] = fields.ForeignKeyField(
        "models.Area", related_name="specialists", on_delete=fields.OnDelete.RESTRICT
    )
    area_id: str
    level = fields.CharEnumField(Level, max_length=16)
    body: fields.ForeignKeyRelation[Body] = fields.ForeignKeyField(
        "models.Body", related_name="specialities", on_delete=fields.OnDelete.RESTRICT
    )
    body_id: str
    is_active = fields.BooleanField(default=True)

    class Meta:
        table = "specialist"
        unique_together = (("county", "area", "level"),)
