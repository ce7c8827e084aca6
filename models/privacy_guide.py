"""隐私指引."""

from tortoise import fields
from tortoise.models import Model

from models.fields import InstantField
from models.region import Region


class PrivacyGuide(Model):
    """隐私指引: what a county adds to what the product itself tells: who operates it, how to reach them."""

    id = fields.IntField(primary_key=True)
    county: fields.OneToOneRelation[Region] = fields.OneToOneField(
        "models.Region", related_name="privacy_guide", on_delete=fields.OnDelete.RESTRICT
    )
    county_id: str
    operator = fields.CharField(max_length=128)
    contact = fields.CharField(max_length=200)
    more = fields.TextField(default="")
    changed_at = InstantField()

    class Meta:
        table = "privacy_guide"
