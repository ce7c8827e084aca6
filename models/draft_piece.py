"""草稿."""

from tortoise import fields
from tortoise.models import Model

from models.conversation import Conversation
from models.fields import InstantField, RandomIdField


class DraftPiece(Model):
    """草稿片段: one text, photo, voice or place said before filing, in the order said."""

    id = RandomIdField()
    conversation: fields.ForeignKeyRelation[Conversation] = fields.ForeignKeyField(
        "models.Conversation", related_name="pieces", on_delete=fields.OnDelete.CASCADE
    )
    conversation_id: str
    kind = fields.CharField(max_length=16)
    sealed_body = fields.BinaryField()
    said_at = InstantField()

    class Meta:
        table = "draft_piece"
        indexes = (("conversation_id", "said_at"),)
