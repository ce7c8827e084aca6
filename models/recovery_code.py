"""恢复码."""

from tortoise import fields
from tortoise.models import Model

from models.fields import InstantField, RandomIdField
from models.staff import Staff


class RecoveryCode(Model):
    """恢复码: opens once in place of a one-time code, and only a keyed hash of it is kept.

    `code_index` hangs on the account's TOTP secret: with another secret, none of its codes opens any more.
    `factor_index` tells which rows are of the secret of today.
    """

    id = RandomIdField()
    staff: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", related_name="recovery_codes", on_delete=fields.OnDelete.CASCADE
    )
    staff_id: int
    factor_index = fields.CharField(max_length=64)
    code_index = fields.CharField(max_length=64)
    used_at = InstantField(null=True)

    class Meta:
        table = "recovery_code"
        unique_together = (("staff", "code_index"),)
