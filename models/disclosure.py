"""公开事项."""

from tortoise import fields
from tortoise.models import Model

from models.area import Area
from models.choices import DisclosureKind
from models.region import Region


class Disclosure(Model):
    """公开事项: a policy, project or fund published for a region.

    `beneficiaries` is a list of `{name, amount}` with names in full; whatever leaves the system masks them.
    """

    code = fields.CharField(max_length=64, primary_key=True)
    kind = fields.CharEnumField(DisclosureKind, max_length=16)
    area: fields.ForeignKeyRelation[Area] = fields.ForeignKeyField(
        "models.Area", related_name="disclosures", on_delete=fields.OnDelete.RESTRICT
    )
    area_id: str
    region: fields.ForeignKeyRelation[Region] = fields.ForeignKeyField(
        "models.Region", related_name="disclosures", on_delete=fields.OnDelete.RESTRICT
    )
    region_id: str
    title = fields.CharField(max_length=255)
    amount = fields.DecimalField(max_digits=16, decimal_places=2, null=True)
    date = fields.DateField(null=True)
    text = fields.TextField(default="")
    beneficiaries: list[dict[str, str]] = fields.JSONField(default=list)
    is_active = fields.BooleanField(default=True)

    class Meta:
        table = "disclosure"
        indexes = (("region_id", "area_id", "date"),)
