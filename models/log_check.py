"""留痕核对."""

from typing import Any

from tortoise import fields
from tortoise.models import Model

from models.fields import InstantField


class LogCheck(Model):
    """留痕核对: what a look through the whole log found: harm, place, event and day of each."""

    id = fields.BigIntField(primary_key=True)
    checked_at = InstantField()
    found: list[list[Any]] = fields.JSONField(default=list)

    class Meta:
        table = "log_check"
