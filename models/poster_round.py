"""海报巡查."""

from tortoise import fields
from tortoise.models import Model

from models.fields import InstantField, RandomIdField
from models.liaison import Liaison


class PosterRound(Model):
    """海报巡查: a liaison walks along the posters, whoever holds the token of the link they were given.

    `token_index` is a keyed hash.
    """

    id = RandomIdField()
    liaison: fields.ForeignKeyRelation[Liaison] = fields.ForeignKeyField(
        "models.Liaison", related_name="poster_rounds", on_delete=fields.OnDelete.RESTRICT
    )
    liaison_id: int
    token_index = fields.CharField(max_length=64, unique=True)
    begun_at = InstantField()
    expires_at = InstantField()

    class Meta:
        table = "poster_round"
