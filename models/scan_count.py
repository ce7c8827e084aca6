"""扫码次数."""

from tortoise import fields
from tortoise.models import Model

from models.entry_code import EntryCode


class ScanCount(Model):
    """扫码次数: how often a code was opened in one week, and nothing else.

    `week` is its Monday, `2026-11-23`.
    """

    id = fields.IntField(primary_key=True)
    entry: fields.ForeignKeyRelation[EntryCode] = fields.ForeignKeyField(
        "models.EntryCode", related_name="scan_counts", on_delete=fields.OnDelete.RESTRICT
    )
    entry_id: str
    week = fields.CharField(max_length=10)
    scans = fields.IntField()

    class Meta:
        table = "scan_count"
        unique_together = (("entry_id", "week"),)
        indexes = (("week",),)
