"""纪检监察机构."""

from tortoise import fields
from tortoise.models import Model

from models.choices import BodyLevel, Room
from models.region import Region


class Body(Model):
    """纪检监察机构: `room` is set for county rooms only, a county body without a room is the county's head.

    `hours` says in words when somebody answers there.
    """

    code = fields.CharField(max_length=32, primary_key=True)
    name = fields.CharField(max_length=128)
    level = fields.CharEnumField(BodyLevel, max_length=16)
    room = fields.CharEnumField(Room, max_length=16, default=Room.NONE)
    region: fields.ForeignKeyRelation[Region] = fields.ForeignKeyField(
        "models.Region", related_name="bodies", on_delete=fields.OnDelete.RESTRICT
    )
    region_id: str
    phone = fields.CharField(max_length=32, default="")
    hours = fields.CharField(max_length=64, default="")
    is_active = fields.BooleanField(default=True)

    class Meta:
        table = "body"
        indexes = (("region_id", "level"),)
