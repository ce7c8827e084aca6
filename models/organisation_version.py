"""组织版本."""

from tortoise import fields
from tortoise.models import Model

from models.fields import InstantField


class OrganisationVersion(Model):
    """组织版本: one row (id "current"), raised in the transaction of every change of the organisation."""

    id = fields.CharField(max_length=16, primary_key=True)
    version = fields.BigIntField()
    changed_at = InstantField()

    class Meta:
        table = "organisation_version"
