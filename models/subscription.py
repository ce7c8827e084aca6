"""订阅消息."""

from tortoise import fields
from tortoise.models import Model

from models.fields import InstantField, RandomIdField


class SubscriptionConsent(Model):
    """订阅消息授权: how many messages of a kind somebody still wants in the mini-program, one for each consent."""

    id = RandomIdField()
    person_index = fields.CharField(max_length=64)
    template = fields.CharField(max_length=32)
    left = fields.IntField(default=0)
    changed_at = InstantField()

    class Meta:
        table = "subscription_consent"
        unique_together = (("person_index", "template"),)
