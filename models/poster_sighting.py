"""海报巡查记录."""

from tortoise import fields
from tortoise.models import Model

from models.choices import SightingKind
from models.entry_code import EntryCode
from models.fields import InstantField, RandomIdField
from models.poster_round import PosterRound
from models.region import Region


class PosterSighting(Model):
    """海报巡查记录: a poster that a liaison photographed, read from the photo, which is not kept.

    `entry` is the code found, None for a foreign one, whose `text` is kept instead; `village` is the liaison's.
    """

    id = RandomIdField()
    round: fields.ForeignKeyRelation[PosterRound] = fields.ForeignKeyField(
        "models.PosterRound", related_name="sightings", on_delete=fields.OnDelete.RESTRICT
    )
    round_id: str
    kind = fields.CharEnumField(SightingKind, max_length=16)
    village: fields.ForeignKeyRelation[Region] = fields.ForeignKeyField(
        "models.Region", related_name="poster_sightings", on_delete=fields.OnDelete.RESTRICT
    )
    village_id: str
    entry: fields.ForeignKeyNullableRelation[EntryCode] = fields.ForeignKeyField(
        "models.EntryCode", related_name="sightings", null=True, on_delete=fields.OnDelete.RESTRICT
    )
    entry_id: str | None
    text = fields.CharField(max_length=255, default="")
    seen_at = InstantField()

    class Meta:
        table = "poster_sighting"
        indexes = (("entry_id", "seen_at"), ("village_id", "seen_at"))
