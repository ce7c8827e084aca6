"""海报存疑."""

from tortoise import fields
from tortoise.models import Model

from models.entry_code import EntryCode


class PosterDoubt(Model):
    """海报存疑: how often people said of a code on one day that its poster looks wrong, nothing of who they are.

    The first of a day becomes a report, the others are only counted. `day` is local, `2026-11-26`.
    """

    id = fields.IntField(primary_key=True)
    entry: fields.ForeignKeyRelation[EntryCode] = fields.ForeignKeyField(
        "models.EntryCode", related_name="doubts", on_delete=fields.OnDelete.RESTRICT
    )
    entry_id: str
    day = fields.CharField(max_length=10)
    times = fields.IntField()

    class Meta:
        table = "poster_doubt"
        unique_together = (("entry_id", "day"),)
