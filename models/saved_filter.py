"""存下的筛选."""

from tortoise import fields
from tortoise.models import Model

from models.fields import InstantField, RandomIdField
from models.staff import Staff


class SavedFilter(Model):
    """存下的筛选: how somebody narrows a list again and again, sealed with its name.

    `of_list` is a key of `console.filters.kept.LISTS`; `used_at` is when it was last opened, to the day.
    """

    id = RandomIdField()
    staff: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", related_name="saved_filters", on_delete=fields.OnDelete.CASCADE
    )
    staff_id: int
    of_list = fields.CharField(max_length=16)
    sealed_body = fields.BinaryField()
    used_at = InstantField()

    class Meta:
        table = "saved_filter"
        indexes = (("staff_id",),)
