"""留痕."""

from typing import Any

from tortoise import fields
from tortoise.models import Model

from models.fields import InstantField


class Event(Model):
    """留痕: append-only record of every read, search, export and change (Rules art. 52), ids only, no words.

    `actor` is `staff:<id>`, `liaison:<id>`, `reporter` or `system`. `chain_place` (1, 2, 3 …, in the order of
    sealing: transactions end in another order than they take their ids) and `chain_hash` are filled by the sealer.
    """

    id = fields.BigIntField(primary_key=True)
    at = InstantField()
    actor = fields.CharField(max_length=48)
    action = fields.CharField(max_length=48)
    report_id = fields.CharField(max_length=22, null=True)
    object_id = fields.CharField(max_length=64, default="")
    data: dict[str, Any] = fields.JSONField(default=dict)
    chain_place = fields.BigIntField(null=True, unique=True)
    chain_hash = fields.BinaryField(null=True)

    class Meta:
        table = "event"
        indexes = (("report_id", "id"), ("actor", "id"))
