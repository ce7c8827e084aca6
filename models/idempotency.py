"""幂等键."""

from tortoise import fields
from tortoise.models import Model

from models.fields import InstantField


class IdempotencyKey(Model):
    """幂等键: `key` is a keyed hash of session and header, the same body gets `sealed_answer` again."""

    key = fields.CharField(max_length=64, primary_key=True)
    body_index = fields.CharField(max_length=64)
    status = fields.IntField()
    sealed_answer = fields.BinaryField()
    created_at = InstantField()

    class Meta:
        table = "idempotency_key"
        indexes = (("created_at",),)
