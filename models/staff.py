"""纪检监察干部."""

from tortoise import fields
from tortoise.models import Model

from models.body import Body
from models.choices import Role
from models.fields import InstantField


class Staff(Model):
    """纪检监察干部: an account of the console.

    `sealed_*` columns are sealed under the key ring itself. `confirmed_at` is empty while an account that
    can read reports waits for the leader of its body (or the county). `known_since` is the organisation
    version of the account's last change: a report matched at an earlier version is not shown to it.
    """

    id = fields.IntField(primary_key=True)
    username = fields.CharField(max_length=64, unique=True)
    name = fields.CharField(max_length=64)
    body: fields.ForeignKeyRelation[Body] = fields.ForeignKeyField(
        "models.Body", related_name="staff", on_delete=fields.OnDelete.RESTRICT
    )
    body_id: str
    role = fields.CharEnumField(Role, max_length=16)
    phone = fields.CharField(max_length=32, default="")
    password_hash = fields.CharField(max_length=255)
    sealed_totp_secret = fields.BinaryField(null=True)
    last_totp_step = fields.BigIntField(default=0)
    bind_code_index = fields.CharField(max_length=64, null=True)
    sealed_openid = fields.BinaryField(null=True)
    openid_index = fields.CharField(max_length=64, null=True)
    is_active = fields.BooleanField(default=True)
    confirmed_at = InstantField(null=True)
    known_since = fields.BigIntField(default=0)

    class Meta:
        table = "staff"
        indexes = (("body_id",), ("openid_index",), ("phone",))
