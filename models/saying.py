"""说法."""

from tortoise import fields
from tortoise.models import Model

LONGEST = 14
"""A longer message is something said, never a word for something."""


class Saying(Model):
    """说法: what people here say for something, or, out of use, a word of the house's own that is not to count.

    `meaning` is one of `models.terms.Meaning`, `word` as `organisation.sayings.spoken` has it.
    """

    id = fields.IntField(primary_key=True)
    meaning = fields.CharField(max_length=16)
    word = fields.CharField(max_length=LONGEST)
    is_active = fields.BooleanField(default=True)

    class Meta:
        table = "saying"
        unique_together = (("meaning", "word"),)
