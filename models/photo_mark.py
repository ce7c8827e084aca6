"""照片标记."""

from tortoise import fields
from tortoise.models import Model

from models.attachment import Attachment


class PhotoMark(Model):
    """照片标记: a keyed hash of one band of what a photo looks like, by which another copy of it is found.

    `mark` leads back to no picture, and without the key none can be made of a picture at hand.
    """

    id = fields.BigIntField(primary_key=True)
    attachment: fields.ForeignKeyRelation[Attachment] = fields.ForeignKeyField(
        "models.Attachment", related_name="marks", on_delete=fields.OnDelete.CASCADE
    )
    attachment_id: str
    mark = fields.CharField(max_length=64)

    class Meta:
        table = "photo_mark"
        indexes = (("mark",), ("attachment_id",))
