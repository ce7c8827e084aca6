"""答复模板."""

from tortoise import fields
from tortoise.models import Model

from models.area import Area
from models.body import Body
from models.fields import InstantField, RandomIdField


class ReplyTemplate(Model):
    """答复模板: words with fill-ins, of a body for itself or of a county's body for all of the county.

    Without an area it is for every area.
    """

    id = RandomIdField()
    body: fields.ForeignKeyRelation[Body] = fields.ForeignKeyField(
        "models.Body", related_name="reply_templates", on_delete=fields.OnDelete.CASCADE
    )
    body_id: str
    area: fields.ForeignKeyNullableRelation[Area] = fields.ForeignKeyField(
        "models.Area", related_name="reply_templates", null=True, on_delete=fields.OnDelete.RESTRICT
    )
    area_id: str | None
    title = fields.CharField(max_length=32)
    text = fields.TextField()
    is_active = fields.BooleanField(default=True)
    changed_at = InstantField()

    class Meta:
        table = "reply_template"
        indexes = (("body_id",),)
