"""当天已用次数."""

from tortoise import fields
from tortoise.models import Model

from models.fields import InstantField


class QuotaSpent(Model):
    """当天已用次数: how many messages of one kind went to WeChat in one of its days, which ends at `ends_at`.

    `most` is how many it lets us send, as the setting said when they were last counted.
    """

    id = fields.IntField(primary_key=True)
    api = fields.CharField(max_length=16)
    ends_at = InstantField()
    spent = fields.IntField()
    most = fields.IntField()

    class Meta:
        table = "quota_spent"
        unique_together = (("api", "ends_at"),)
