"""收件箱."""

from tortoise import fields
from tortoise.models import Model

from models.conversation import Conversation
from models.fields import InstantField


class InboxMessage(Model):
    """收件: one push from WeChat and the answer it was given, so that a repeat gets the same answer.

    `key` is the blind index of the push's identity (wechat.md A5). `sealed_body` is kept only while the
    message could not be worked off; what was worked off lives in the draft or the report. `received_at` is the
    day only.
    """

    key = fields.CharField(max_length=64, primary_key=True)
    conversation: fields.ForeignKeyRelation[Conversation] = fields.ForeignKeyField(
        "models.Conversation", related_name="inbox", on_delete=fields.OnDelete.CASCADE
    )
    conversation_id: str
    sealed_answer = fields.BinaryField(null=True)
    sealed_body = fields.BinaryField(null=True)
    received_at = InstantField()

    class Meta:
        table = "inbox_message"
        indexes = (("received_at",), ("conversation_id",))
