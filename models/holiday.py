"""节假日."""

from tortoise import fields
from tortoise.models import Model

from models.terms import DayKind


class Holiday(Model):
    """节假日、调休: a day that the State Council has made free, or made a working day (an ISO date).

    It goes before what the calendar library knows of the day.
    """

    day = fields.CharField(max_length=10, primary_key=True)
    kind = fields.CharEnumField(DayKind, max_length=16)
    name = fields.CharField(max_length=64, default="")
    is_active = fields.BooleanField(default=True)

    class Meta:
        table = "holiday"
