"""办理时限."""

from tortoise import fields
from tortoise.models import Model

from models.region import Region

NAMES = (
    "days_to_accept",
    "days_to_propose",
    "months_to_conclude",
    "days_to_feed_back",
    "days_open_after_rating",
    "days_open_unrated",
    "months_to_look_back",
    "days_to_answer",
    "days_to_receipt",
)


class CountyFigures(Model):
    """办理时限: how long each step may take in a county, and as the rules have it where it is empty."""

    id = fields.IntField(primary_key=True)
    county: fields.ForeignKeyRelation[Region] = fields.ForeignKeyField(
        "models.Region", related_name="figures", on_delete=fields.OnDelete.RESTRICT
    )
    county_id: str
    days_to_accept = fields.IntField(null=True)
    days_to_propose = fields.IntField(null=True)
    months_to_conclude = fields.IntField(null=True)
    days_to_feed_back = fields.IntField(null=True)
    days_open_after_rating = fields.IntField(null=True)
    days_open_unrated = fields.IntField(null=True)
    months_to_look_back = fields.IntField(null=True)
    days_to_answer = fields.IntField(null=True)
    days_to_receipt = fields.IntField(null=True)
    is_active = fields.BooleanField(default=True)

    class Meta:
        table = "county_figures"
        unique_together = (("county",),)
