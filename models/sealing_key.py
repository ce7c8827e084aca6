"""密封密钥."""

from tortoise import fields
from tortoise.models import Model

from models.fields import InstantField


class SealingKey(Model):
    """密封密钥: a key of the ring under which something lies sealed, by the short id of itself.

    `sealed_check` opens under that key alone, `index_check` tells the index key of its time.
    """

    id = fields.CharField(max_length=8, primary_key=True)
    sealed_check = fields.BinaryField()
    index_check = fields.CharField(max_length=64)
    first_used_at = InstantField()

    class Meta:
        table = "sealing_key"
