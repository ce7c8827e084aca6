"""保管期限."""

from tortoise import fields
from tortoise.models import Model

from models.fields import InstantField


class RetentionRule(Model):
    """保管期限: how long something is kept after it ended, where that differs from the default set.

    `what` is a key of the default set (`retention/rules.csv`), `kind` and `status` are a report's and empty for the
    rest. `keep` is a number of days, months or years: `3d`, `6m`, `10y`.
    """

    id = fields.IntField(primary_key=True)
    what = fields.CharField(max_length=32)
    kind = fields.CharField(max_length=16, default="")
    status = fields.CharField(max_length=16, default="")
    keep = fields.CharField(max_length=8)
    set_at = InstantField()

    class Meta:
        table = "retention_rule"
        unique_together = (("what", "kind", "status"),)
