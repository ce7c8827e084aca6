"""协作区."""

from tortoise import fields
from tortoise.models import Model

from models.body import Body
from models.region import Region


class Zone(Model):
    """协作区: one commander, one office, N townships ("1+1+N"), it coordinates and owns nothing."""

    code = fields.CharField(max_length=32, primary_key=True)
    name = fields.CharField(max_length=128)
    county: fields.ForeignKeyRelation[Region] = fields.ForeignKeyField(
        "models.Region", related_name="zones", on_delete=fields.OnDelete.RESTRICT
    )
    county_id: str
    office_body: fields.ForeignKeyNullableRelation[Body] = fields.ForeignKeyField(
        "models.Body", related_name="office_of", null=True, on_delete=fields.OnDelete.RESTRICT
    )
    office_body_id: str | None
    commander = fields.CharField(max_length=64, default="")
    is_active = fields.BooleanField(default=True)

    class Meta:
        table = "zone"


class ZoneMember(Model):
    """协作区成员: a township body belongs to one zone at a time."""

    id = fields.IntField(primary_key=True)
    zone: fields.ForeignKeyRelation[Zone] = fields.ForeignKeyField(
        "models.Zone", related_name="members", on_delete=fields.OnDelete.RESTRICT
    )
    zone_id: str
    body: fields.ForeignKeyRelation[Body] = fields.ForeignKeyField(
        "models.Body", related_name="zone_memberships", on_delete=fields.OnDelete.RESTRICT
    )
    body_id: str
    is_active = fields.BooleanField(default=True)

    class Meta:
        table = "zone_member"
        unique_together = (("zone", "body"),)
        indexes = (("body_id",),)
