"""组织变更."""

from typing import Any

from tortoise import fields
from tortoise.models import Model

from models.fields import InstantField


class OrganisationChange(Model):
    """组织变更: one row of the organisation before and after, in the transaction that changed it.

    `kind` is the name of the import file and `key` the row's natural key. `before` is empty for a new row. Neither
    holds a password, a one-time-code secret, a bind code or who somebody is on WeChat. The first import is the base
    that changes start from and leaves none. `undoes` is the id of the change this one takes back.
    """

    id = fields.BigIntField(primary_key=True)
    version = fields.BigIntField()
    kind = fields.CharField(max_length=32)
    key = fields.CharField(max_length=255)
    before: dict[str, Any] | None = fields.JSONField(null=True)
    after: dict[str, Any] = fields.JSONField()
    actor = fields.CharField(max_length=48)
    at = InstantField()
    undoes = fields.BigIntField(null=True)

    class Meta:
        table = "organisation_change"
        indexes = (("version",), ("kind", "key"))
