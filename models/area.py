"""政策领域."""

from tortoise import fields
from tortoise.models import Model


class Area(Model):
    """政策领域: what an entry code is about, a county may add its own.

    `words` are those by which the chat guesses it, apart by semicolons.
    """

    code = fields.CharField(max_length=32, primary_key=True)
    name = fields.CharField(max_length=64)
    department = fields.CharField(max_length=128, default="")
    sort = fields.IntField(default=0)
    words = fields.CharField(max_length=2000, default="")
    is_active = fields.BooleanField(default=True)

    class Meta:
        table = "area"
