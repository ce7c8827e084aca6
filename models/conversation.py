"""会话."""

from tortoise import fields
from tortoise.models import Model

from models.fields import InstantField, RandomIdField


class Conversation(Model):
    """会话: one person's chat with the official account, the row is the lock of everything they say.

    `person_index` is the blind index of the openid. `data_key` is wrapped by the key ring and seals
    `sealed_openid`, `sealed_state`, the draft pieces and the answers given. The counters hold the limits per
    person (messages a minute and a day, reports a day), so that they count the same in every process. Every write
    raises `version`, by which whoever worked on a remembered conversation finds out that it has changed.
    """

    id = RandomIdField()
    person_index = fields.CharField(max_length=64, unique=True)
    data_key = fields.BinaryField()
    sealed_openid = fields.BinaryField(null=True)
    sealed_state = fields.BinaryField()
    is_following = fields.BooleanField(default=True)
    window_until = InstantField(null=True)
    window_left = fields.IntField(default=0)
    minute = fields.BigIntField(default=0)
    minute_messages = fields.IntField(default=0)
    day = fields.BigIntField(default=0)
    day_messages = fields.IntField(default=0)
    day_reports = fields.IntField(default=0)
    changed_at = InstantField()
    version = fields.IntField(default=1)

    class Meta:
        table = "conversation"
        indexes = (("changed_at",),)
