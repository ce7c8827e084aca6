"""小程序草稿."""

from tortoise import fields
from tortoise.models import Model

from models.fields import InstantField, RandomIdField


class ApiDraft(Model):
    """小程序草稿: what one person has written in the mini-program or on the web page and not sent yet.

    One a person. It goes when it is sent, thrown away or three days old.
    """

    id = RandomIdField()
    person_index = fields.CharField(max_length=64, unique=True)
    data_key = fields.BinaryField()
    sealed_body = fields.BinaryField()
    changed_at = InstantField()

    class Meta:
        table = "api_draft"
        indexes = (("changed_at",),)
