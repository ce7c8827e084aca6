"""季度反馈."""

from tortoise import fields
from tortoise.models import Model

from models.fields import InstantField
from models.region import Region
from models.staff import Staff


class QuarterlyFeedback(Model):
    """季度反馈: the cases room of a county has told its letters room what was concluded in a quarter (`2026-4`).

    Once for each quarter. Which matters those are is looked up for whoever reads it, never kept.
    """

    id = fields.IntField(primary_key=True)
    county: fields.ForeignKeyRelation[Region] = fields.ForeignKeyField(
        "models.Region", related_name="quarterly_feedbacks", on_delete=fields.OnDelete.RESTRICT
    )
    county_id: str
    quarter = fields.CharField(max_length=8)
    by: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", related_name="quarterly_feedbacks", on_delete=fields.OnDelete.RESTRICT
    )
    by_id: int
    given_at = InstantField()

    class Meta:
        table = "quarterly_feedback"
        unique_together = (("county_id", "quarter"),)
