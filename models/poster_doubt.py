"""海报存疑."""

from typing import Final

from tortoise import fields
from tortoise.models import Model

from models.entry_code import EntryCode

MOST_A_DAY: Final = 10
"""Codes of one township that become reports on a day: so many walls are one matter, and a script that taps for every
poster must not fill a desk."""


class PosterDoubt(Model):
    """海报存疑: how often people said of a code on one day that its poster looks wrong, nothing of who they are.

    The first of a day becomes a report (as long as the township has not had enough that day), the others are only
    counted. `day` is local, `2026-11-26`; `township` is a region code, the code's own place where it lies in none.
    """

    id = fields.IntField(primary_key=True)
    entry: fields.ForeignKeyRelation[EntryCode] = fields.ForeignKeyField(
        "models.EntryCode", related_name="doubts", on_delete=fields.OnDelete.RESTRICT
    )
    entry_id: str
    day = fields.CharField(max_length=10)
    township = fields.CharField(max_length=15, default="")
    times = fields.IntField()

    class Meta:
        table = "poster_doubt"
        unique_together = (("entry_id", "day"),)
        indexes = (("township", "day"),)
