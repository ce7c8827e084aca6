"""码."""

from tortoise import fields
from tortoise.models import Model

from models.area import Area
from models.choices import EntryStatus, Purpose
from models.fields import InstantField
from models.region import Region


class EntryCode(Model):
    """码: purpose × policy area × place, as printed on a wall.

    A replaced code stays in use until `retired_at`, which then lies ahead; `replaced_by` is what posters carry now.
    `wechat_url` is what the official account's temporary parametric QR holds, good until `wechat_until`;
    `account_url` what its permanent one holds, of which an account has 100,000.
    """

    code = fields.CharField(max_length=12, primary_key=True)
    purpose = fields.CharEnumField(Purpose, max_length=16)
    area: fields.ForeignKeyRelation[Area] = fields.ForeignKeyField(
        "models.Area", related_name="entry_codes", on_delete=fields.OnDelete.RESTRICT
    )
    area_id: str
    region: fields.ForeignKeyRelation[Region] = fields.ForeignKeyField(
        "models.Region", related_name="entry_codes", on_delete=fields.OnDelete.RESTRICT
    )
    region_id: str
    status = fields.CharEnumField(EntryStatus, max_length=16, default=EntryStatus.ACTIVE)
    replaced_by: fields.ForeignKeyNullableRelation["EntryCode"] = fields.ForeignKeyField(
        "models.EntryCode", related_name="replaces", null=True, on_delete=fields.OnDelete.RESTRICT
    )
    replaced_by_id: str | None
    issued_at = InstantField()
    retired_at = InstantField(null=True)
    wechat_url = fields.CharField(max_length=255, null=True)
    wechat_until = InstantField(null=True)
    account_url = fields.CharField(max_length=255, null=True)

    class Meta:
        table = "entry_code"
        indexes = (("region_id", "area_id", "purpose"),)
