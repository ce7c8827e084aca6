"""留痕锚点."""

from tortoise import fields
from tortoise.models import Model

from models.fields import InstantField


class LogAnchor(Model):
    """留痕锚点: where the log's chain stood when a day began. Once printed, nothing before can change unseen.

    `day` is a local date, `place` the last sealed event's, `link` its link of the chain. `seal` closes the anchor
    itself and the one before it.
    """

    day = fields.CharField(max_length=10, primary_key=True)
    place = fields.BigIntField()
    link = fields.CharField(max_length=64)
    seal = fields.CharField(max_length=64)
    made_at = InstantField()

    class Meta:
        table = "log_anchor"
