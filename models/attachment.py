"""附件."""

from tortoise import fields
from tortoise.models import Model

from models.choices import AttachmentKind, AttachmentStatus
from models.conversation import Conversation
from models.fields import InstantField, RandomIdField
from models.message import Message
from models.report import Report


class Attachment(Model):
    """附件: a photo, voice or video, also the queue of those still to be fetched from WeChat.

    The bytes lie sealed in the media store under `id`, under the attachment's own key. That key is wrapped by
    the key ring until there is a report, then by the report's data key, so that destroying the report's key
    destroys its media. `words` is what staff last heard in a voice.
    `sealed_source` holds WeChat's media id while it is to be fetched.
    """

    id = RandomIdField()
    conversation: fields.ForeignKeyNullableRelation[Conversation] = fields.ForeignKeyField(
        "models.Conversation", related_name="attachments", null=True, on_delete=fields.OnDelete.SET_NULL
    )
    conversation_id: str | None
    session_index = fields.CharField(max_length=64, null=True)
    report: fields.ForeignKeyNullableRelation[Report] = fields.ForeignKeyField(
        "models.Report", related_name="attachments", null=True, on_delete=fields.OnDelete.CASCADE
    )
    report_id: str | None
    message: fields.ForeignKeyNullableRelation[Message] = fields.ForeignKeyField(
        "models.Message", related_name="attachments", null=True, on_delete=fields.OnDelete.CASCADE
    )
    message_id: str | None
    words: fields.ForeignKeyNullableRelation[Message] = fields.ForeignKeyField(
        "models.Message", related_name="heard_in", null=True, on_delete=fields.OnDelete.SET_NULL
    )
    words_id: str | None
    kind = fields.CharEnumField(AttachmentKind, max_length=16)
    status = fields.CharEnumField(AttachmentStatus, max_length=16)
    content_type = fields.CharField(max_length=64, default="")
    size = fields.IntField(default=0)
    seconds = fields.IntField(null=True)
    data_key = fields.BinaryField()
    is_under_report = fields.BooleanField(default=False)
    sealed_source = fields.BinaryField(null=True)
    reason = fields.CharField(max_length=32, default="")
    tries = fields.IntField(default=0)
    next_at = InstantField(null=True)
    lease_until = InstantField(null=True)
    created_at = InstantField()

    class Meta:
        table = "attachment"
        indexes = (("status", "next_at"), ("report_id",), ("message_id",), ("conversation_id",))
